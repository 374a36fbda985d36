namespace AnomalyKit.Csv;

/// <summary>The bytes of a text, unpacked, and how many of the file they took.</summary>
internal sealed class CsvBytes : IDisposable
{
    private readonly SourceStream _source;

    private CsvBytes(SourceStream source)
    {
        _source = source;
        Text = source.IsGzip ? new ReadAheadStream(new GzipText(source)) : source;
    }

    public Stream Text { get; }

    /// <summary>Bytes taken from the file so far, compressed ones if it is compressed.</summary>
    public long BytesRead => _source.BytesRead;

    public static CsvBytes Open(string path) =>
        new(new SourceStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan), leaveOpen: false));

    public void Dispose()
    {
        Text.Dispose();
        _source.Dispose();
    }
}
