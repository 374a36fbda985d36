using System.Text;

namespace AnomalyKit.Csv;

/// <summary>The text of a file or stream: unpacks gzip, decodes, counts bytes.</summary>
internal sealed class CsvSource : TextReader, IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;

    /// <summary>The longest byte order mark, that of UTF-32.</summary>
    private const int LongestMark = 4;

    private readonly SourceStream _source;
    private readonly ReplayStream _bytes;
    private readonly char[] _ahead = new char[SeparatorLine.LongestChars + 2];
    private StreamReader? _text;
    private int _aheadStart;
    private int _aheadEnd;

    private CsvSource(SourceStream source, Stream? unpacked, CsvErrors errors)
    {
        _source = source;
        _bytes = new ReplayStream(unpacked ?? source);
        Errors = errors;
    }

    public CsvErrors Errors { get; }

    /// <summary>Bytes taken from the file or stream.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>The length of the file or the rest of the stream, where it is known.</summary>
    public long? TotalBytes => _source.TotalBytes;

    /// <summary>Whether the text is in UTF-8: so it is unless the caller or a byte order mark says otherwise. Known once the reading has begun.</summary>
    public bool IsUtf8 => _text?.CurrentEncoding is UTF8Encoding;

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
        return new CsvSource(source, unpacked, errors);
    }

    /// <summary>Begins to decode, and takes the <c>sep=</c> line away where there is one.</summary>
    /// <param name="encoding">The encoding unless a byte order mark says otherwise; nothing for UTF-8.</param>
    /// <returns>The delimiter that the line names, or nothing.</returns>
    public char? Begin(Encoding? encoding)
    {
        try
        {
            // The decoder looks for a mark in what it gets first.
            _bytes.Gather(LongestMark);
        }
        catch (Exception e) when (e is InvalidDataException or GzipCutOffException)
        {
            throw Corrupt(e);
        }

        _text = new StreamReader(_bytes, encoding ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferBytes, leaveOpen: true);
        _aheadEnd = ReadText(_ahead, 0, _ahead.Length);
        // A file that was saved with a mark twice has one left.
        while (_aheadStart < _aheadEnd && _ahead[_aheadStart] == '\uFEFF')
            _aheadStart++;
        int line = SeparatorLine.Find(_ahead.AsSpan(_aheadStart, _aheadEnd - _aheadStart), out char delimiter);
        _aheadStart += line;
        return line > 0 ? delimiter : null;
    }

    /// <summary>Fills the whole buffer as far as there is text: the parser starts a cell that passes the end of its buffer again.</summary>
    public override int Read(char[] buffer, int index, int count)
    {
        int taken = Math.Min(count, _aheadEnd - _aheadStart);
        if (taken == 0)
            return ReadText(buffer, index, count);
        _ahead.AsSpan(_aheadStart, taken).CopyTo(buffer.AsSpan(index));
        _aheadStart += taken;
        return taken + ReadText(buffer, index + taken, count - taken);
    }

    /// <summary>An error about the gzip container, where the text before it may have been garbage already: to be asked before blaming a
    /// cell. The text itself stays to be read.</summary>
    public CsvFormatException? ContainerError()
    {
        if (!_source.IsGzip || !_source.AtEnd)
            return null;
        try
        {
            _bytes.Buffer();
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or GzipCutOffException)
        {
            return Corrupt(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _text?.Dispose();
        await _bytes.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text?.Dispose();
            _bytes.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadText(char[] buffer, int index, int count)
    {
        CancellationToken.ThrowIfCancellationRequested();
        try
        {
            return _text!.ReadBlock(buffer, index, count);
        }
        catch (Exception e) when (e is InvalidDataException or GzipCutOffException)
        {
            throw Corrupt(e);
        }
    }

    // Data cut off in the last bytes of a member fails its checksum only, so that it cannot be told from corrupt data.
    private CsvFormatException Corrupt(Exception inner) => Errors.File(
        inner is GzipCutOffException
            ? "the gzip data is cut off (or followed by bytes that are not gzip). Copy or download the file again."
            : "the gzip data is corrupt or cut off. Copy or download the file again.",
        inner);
}
