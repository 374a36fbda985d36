using System.Text;
using ParquetSharp;
using ParquetSharp.Schema;

namespace AnomalyKit.Parquet.Writing;

/// <summary>Writes categories as text; each word is encoded once a batch.</summary>
internal sealed class TextSink(string name) : ColumnSink
{
    // Half a surrogate pair is no text, and is refused rather than replaced.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override Node Node()
    {
        using var type = LogicalType.String();
        return new PrimitiveNode(name, Repetition.Optional, type, PhysicalType.ByteArray);
    }

    public override unsafe void Write(ColumnWriter writer, TableColumn column)
    {
        var category = (CategoryColumn)column;
        byte[][] words = [.. category.Levels.Select(Strict.GetBytes)];
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Math.Max(1, words.Sum(word => word.Length)), pinned: true);
        fixed (byte* start = bytes)
        {
            var places = new ByteArray[words.Length];
            int at = 0;
            for (int i = 0; i < words.Length; i++)
            {
                words[i].CopyTo(bytes, at);
                places[i] = new ByteArray((nint)(start + at), words[i].Length);
                at += words[i].Length;
            }

            var codes = category.Codes.Span;
            var packed = new ByteArray[codes.Length];
            var levels = new short[codes.Length];
            int count = 0;
            for (int row = 0; row < codes.Length; row++)
            {
                if (codes[row] == CategoryColumn.MissingCell)
                    continue;
                levels[row] = 1;
                packed[count++] = places[codes[row]];
            }

            ((ColumnWriter<ByteArray>)writer).WriteBatch(codes.Length, levels, default, packed.AsSpan(0, count));
        }
    }
}
