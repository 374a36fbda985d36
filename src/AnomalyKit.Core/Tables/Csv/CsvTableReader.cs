using AnomalyKit.Csv;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Reads a CSV file of numbers, words, dates and gaps batch by batch, in memory that does not grow with the file.</summary>
/// <remarks>
/// <para>
/// What a column holds is declared (<see cref="TableLayout.Kinds"/>) or inferred from its cells; <see cref="TableField.Origin"/> says which cell decided. By default all rows of a file are
/// looked at first, so that it is read twice; where every kind is declared, and of a stream that cannot seek, it is read once. A column is <b>dates</b> if every cell is one, <b>boolean</b> if every
/// cell is a word for yes or no, <b>numbers</b> if every cell is a number, and a <b>category</b> otherwise. Whole numbers keep every digit (<see cref="Int64Column"/>); what a number
/// would lose makes a category: <c>007</c>, and whole numbers beyond 64 bits. A column of empty cells is one of numbers. A column whose cells all look like numbers with decimal commas,
/// marks between thousands or currency signs is refused until the options or the layout say what they are.
/// </para>
/// <para>Declared numbers are doubles, but ids (<see cref="TableLayout.IdColumns"/>) that are numbers are whole.</para>
/// <para>
/// A row that cannot be read is skipped if <see cref="CsvTableOptions.BadRows"/> says so. Otherwise the batch ends before it, the next call throws a <see cref="TableDataException"/>, whose
/// inner exception is a <see cref="CsvFormatException"/> with line, column and text, and the call after that goes on with the row behind it. If the text itself is broken (a quote that
/// is never closed, cut gzip data), and after a cancellation, the reader gives no more rows.
/// </para>
/// </remarks>
public sealed class CsvTableReader : TableReader
{
    private readonly CsvTableSession _session;

    private ChunkedRows? _chunks;

    private CsvTableReader(CsvTableSession session, ChunkedRows? chunks = null)
    {
        _session = session;
        _chunks = chunks;
    }

    /// <inheritdoc/>
    public override TableSchema Schema => _session.Schema;

    /// <inheritdoc/>
    public override long RowCount => _chunks?.RowCount ?? _session.RowCount;

    /// <summary>The number of bad rows skipped so far.</summary>
    public long SkippedRowCount => _session.SkippedRowCount;

    /// <summary>Bytes taken from the file or stream so far (compressed bytes if it is compressed); buffers run ahead of the rows.</summary>
    public long BytesRead => _chunks?.BytesRead ?? _session.BytesRead;

    /// <summary>Opens a file, plain or packed with gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">The columns to read and what they are for; by default all, as features.</param>
    /// <param name="options">How to read; the defaults suit a comma-separated file with a header.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="TableDataException">The header cannot be read or does not have the columns asked for, or a column may be numbers in a notation that the options do not
    /// name.</exception>
    /// <exception cref="ArgumentException">Layout or options contradict themselves.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CsvTableReader Open(
        string path, TableLayout? layout = null, CsvTableOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A pipe has a path too, but can be read only once.
        bool canRepeat = new FileInfo(path) is { Exists: true, Attributes: var attributes, Length: > 0 } && !attributes.HasFlag(FileAttributes.Device);
        options ??= new CsvTableOptions();
        var session = CsvTableSession.Open(() => CsvSource.Open(path), canRepeat, layout ?? TableLayout.Default, options, cancellationToken);
        bool isLong = canRepeat && new FileInfo(path).Length > 2L * options.ChunkBytes;
        return new(session, isLong ? session.Chunked(() => CsvBytes.Open(path), ParallelBlocks.ResolveThreads(options.MaxDegreeOfParallelism)) : null);
    }

    /// <summary>Opens a stream, plain or packed with gzip.</summary>
    /// <param name="stream">A readable stream, from its current position on.</param>
    /// <param name="layout">The columns to read and what they are for; by default all, as features.</param>
    /// <param name="options">How to read; the defaults suit comma-separated text with a header.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="TableDataException">The header cannot be read or does not have the columns asked for, or a column may be numbers in a notation that the options do not
    /// name.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read, or layout or options contradict themselves.</exception>
    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CsvTableReader Open(
        Stream stream, TableLayout? layout = null, CsvTableOptions? options = null, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.CanSeek ? stream.Position : 0;
        try
        {
            var session = CsvTableSession.Open(
                () =>
                {
                    if (stream.CanSeek)
                        stream.Position = start;
                    return CsvSource.Open(stream, path: null, leaveOpen: true);
                },
                stream.CanSeek,
                layout ?? TableLayout.Default,
                options ?? new CsvTableOptions(),
                cancellationToken);
            return new CsvTableReader(session) { Owned = leaveOpen ? null : stream };
        }
        catch when (!leaveOpen)
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (_chunks is null)
            return _session.Read(maxRows, cancellationToken);
        if (_chunks.TryRead(maxRows, cancellationToken, out var table))
            return table;
        // Where a run of lines cannot be read by itself, the session reads on from there: it knows the whole file, and says what is wrong.
        LeaveChunks(cancellationToken);
        return _session.Read(maxRows, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Records are separated as in reading, including quotes and line breaks within them, but their cells are not checked: a bad row counts like any other.</remarks>
    public override long SkipRows(long count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return 0;
        LeaveChunks(cancellationToken);
        return _session.Skip(count, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _chunks?.Dispose();
        _session.Dispose();
        Owned?.Dispose();
    }

    /// <summary>Reads on with the session, from the row that comes next.</summary>
    private void LeaveChunks(CancellationToken cancellationToken)
    {
        if (_chunks is null)
            return;
        _chunks.ThrowIfFailed();
        long given = _chunks.RowCount;
        var zones = _chunks.Zones;
        _chunks.Dispose();
        _chunks = null;
        _session.GoOnBehind(given - _session.RowCount, zones, cancellationToken);
    }

    private Stream? Owned { get; init; }
}
