using System.Text;

namespace AnomalyKit.Csv;

/// <summary>The text of a file or stream: unpacks gzip, decodes, counts bytes.</summary>
internal sealed class CsvSource : TextReader
{
    private const int BufferBytes = 1 << 16;

    private readonly SourceStream _source;
    private readonly Stream? _unpacked;
    private readonly StreamReader _text;

    private CsvSource(SourceStream source, Stream? unpacked, CsvErrors errors, string? path)
    {
        _source = source;
        _unpacked = unpacked;
        _text = new StreamReader(unpacked ?? source, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferBytes, leaveOpen: true);
        Errors = errors;
        FilePath = path;
    }

    public CsvErrors Errors { get; }

    public string? FilePath { get; }

    /// <summary>Bytes taken from the file or stream.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>The length of the file or the rest of the stream, where it is known.</summary>
    public long? TotalBytes => _source.TotalBytes;

    /// <summary>Stops the reading at the next block of text.</summary>
    public CancellationToken CancellationToken { get; set; }

    public static CsvSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // The readers above bring buffers of their own.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        try
        {
            return Open(file, path, leaveOpen: false);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static CsvSource Open(Stream stream, string? path, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        var errors = new CsvErrors(path);
        var source = new SourceStream(stream, leaveOpen);
        if (!source.IsGzip && path is not null && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            throw errors.File(
                "the name ends in .gz, but the content is not gzip (it does not start with the bytes 1F 8B). Give the file its true name, or download or pack it again.");
        }

        Stream? unpacked = source.IsGzip ? new GzipText(source) : null;
        // A file's reads end by themselves; a stream of the caller's is used on the caller's thread only.
        if (unpacked is not null && path is not null)
            unpacked = new ReadAheadStream(unpacked);
        return new CsvSource(source, unpacked, errors, path);
    }

    /// <summary>Fills the whole buffer as far as there is text: the parser starts a cell that passes the end of its buffer again.</summary>
    public override int Read(char[] buffer, int index, int count)
    {
        CancellationToken.ThrowIfCancellationRequested();
        try
        {
            return _text.ReadBlock(buffer, index, count);
        }
        catch (Exception e) when (e is InvalidDataException or GzipCutOffException)
        {
            throw Corrupt(e);
        }
    }

    /// <summary>An error about the gzip container, where the text before it may have been garbage already: to be asked before blaming a
    /// cell.</summary>
    public CsvFormatException? ContainerError()
    {
        if (_unpacked is null || !_source.AtEnd)
            return null;
        try
        {
            _unpacked.CopyTo(Stream.Null);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or GzipCutOffException)
        {
            return Corrupt(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            _unpacked?.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    // Data cut off in the last bytes of a member fails its checksum only, so that it cannot be told from corrupt data.
    private CsvFormatException Corrupt(Exception inner) => Errors.File(
        inner is GzipCutOffException
            ? "the gzip data is cut off (or followed by bytes that are not gzip). Copy or download the file again."
            : "the gzip data is corrupt or cut off. Copy or download the file again.",
        inner);
}
