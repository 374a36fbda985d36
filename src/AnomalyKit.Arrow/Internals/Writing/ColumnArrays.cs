using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Writing;

/// <summary>Copies columns into Arrow arrays.</summary>
internal static class ColumnArrays
{
    private const long TicksOfEpoch = 621_355_968_000_000_000;

    // Half a surrogate pair is no text, and is refused rather than replaced.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Schema Schema(FeatureTable table) => new(table.Columns.Select(column => new Field(column.Name, Type(column), nullable: true)), metadata: []);

    public static RecordBatch Batch(FeatureTable table, Schema schema) =>
        new(schema, table.Columns.Select((column, i) => Array(column, schema.FieldsList[i].DataType)), table.RowCount);

    private static ArrowType Type(TableColumn column) => column switch
    {
        SingleColumn => FloatType.Default,
        DoubleColumn => DoubleType.Default,
        Int64Column => Int64Type.Default,
        BooleanColumn => BooleanType.Default,
        DateTimeColumn times => new TimestampType(TimeUnit.Microsecond, times.IsUtc ? "UTC" : null),
        _ => StringType.Default,
    };

    private static IArrowArray Array(TableColumn column, IArrowType type)
    {
        int rows = column.RowCount;
        var bits = new byte[(rows + 7) / 8];
        int missing = 0;
        for (int row = 0; row < rows; row++)
        {
            if (column.IsMissing(row))
                missing++;
            else
                bits[row >> 3] |= (byte)(1 << (row & 7));
        }

        ArrowBuffer[] values = column switch
        {
            SingleColumn numbers => [Copy(numbers.Cells.Span)],
            DoubleColumn numbers => [Copy(numbers.Cells.Span)],
            Int64Column numbers => [Copy(numbers.Cells.Span)],
            BooleanColumn booleans => [Bits(booleans)],
            DateTimeColumn times => [Microseconds(times)],
            _ => Text((CategoryColumn)column),
        };
        return ArrowArrayFactory.BuildArray(new ArrayData(type, rows, missing, 0, (ArrowBuffer[])[missing == 0 ? ArrowBuffer.Empty : new ArrowBuffer(bits), .. values]));
    }

    private static ArrowBuffer Copy<T>(ReadOnlySpan<T> cells)
        where T : unmanaged => new(MemoryMarshal.AsBytes(cells).ToArray());

    private static ArrowBuffer Bits(BooleanColumn column)
    {
        var bits = new byte[(column.RowCount + 7) / 8];
        var cells = column.Cells.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            if (cells[row] > 0)
                bits[row >> 3] |= (byte)(1 << (row & 7));
        }

        return new ArrowBuffer(bits);
    }

    private static ArrowBuffer Microseconds(DateTimeColumn column)
    {
        var cells = new long[column.RowCount];
        var ticks = column.Ticks.Span;
        for (int row = 0; row < cells.Length; row++)
            cells[row] = ticks[row] == DateTimeColumn.MissingCell ? 0 : (ticks[row] / TimeSpan.TicksPerMicrosecond) - (TicksOfEpoch / TimeSpan.TicksPerMicrosecond);
        return Copy<long>(cells);
    }

    private static ArrowBuffer[] Text(CategoryColumn column)
    {
        byte[][] words = [.. column.Levels.Select(Strict.GetBytes)];
        var codes = column.Codes.Span;
        var offsets = new int[codes.Length + 1];
        for (int row = 0; row < codes.Length; row++)
        {
            long end = (long)offsets[row] + (codes[row] < 0 ? 0 : words[codes[row]].Length);
            if (end > System.Array.MaxLength)
                throw new ArgumentException($"The text of column '{column.Name}' takes more than 2 GB in one batch. Write smaller batches.", nameof(column));
            offsets[row + 1] = (int)end;
        }

        var letters = new byte[offsets[^1]];
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0)
                words[codes[row]].CopyTo(letters, offsets[row]);
        }

        return [Copy<int>(offsets), new ArrowBuffer(letters)];
    }
}
