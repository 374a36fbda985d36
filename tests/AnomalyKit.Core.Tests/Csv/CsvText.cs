using System.IO.Compression;
using System.Text;

namespace AnomalyKit.Tests.Csv;

/// <summary>CSV texts for tests, as streams.</summary>
internal static class CsvText
{
    public static Stream Stream(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packer.Write(content);
        return packed.ToArray();
    }

    public static FeatureMatrix Load(string text, string? label = null, CsvOptions? options = null) =>
        FeatureMatrix.LoadCsv(Stream(text), label, options: options);

    public static CsvFormatException Fails(string text, string? label = null, CsvOptions? options = null) =>
        Assert.Throws<CsvFormatException>(() => Load(text, label, options));

    public static float[] Cells(FeatureMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).SelectMany(row => matrix.Cells(row).ToArray())];
}

/// <summary>A stream that cannot seek and gives few bytes a time.</summary>
internal sealed class TrickleStream(byte[] content, int atATime = 7) : Stream
{
    private int _position;

    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int taken = Math.Min(Math.Min(count, atATime), content.Length - _position);
        content.AsSpan(_position, taken).CopyTo(buffer.AsSpan(offset));
        _position += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}

/// <summary>A file that goes away with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(ReadOnlySpan<byte> content, string ending)
    {
        FilePath = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ending);
        File.WriteAllBytes(FilePath, content);
    }

    public string FilePath { get; }

    public void Dispose() => File.Delete(FilePath);
}
