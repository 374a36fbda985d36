using AnomalyKit.Arrow.Reading;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace AnomalyKit;

/// <summary>Reads Arrow record batches as typed tables: IPC files, IPC streams (compressed with Zstandard or LZ4, too), or batches in memory.</summary>
/// <remarks>
/// <para>
/// float, double and int64 cells are not copied, unless floats or doubles have gaps: columns look at the buffers of the batch and keep them alive. Smaller integers become <see cref="Int64Column"/>, 16-bit floats
/// <see cref="SingleColumn"/>. Decimals without a fraction of up to 18 digits become <see cref="Int64Column"/>; other decimals and unsigned 64-bit integers become <see cref="DoubleColumn"/>, and text with every digit as an id or
/// where they are declared as a category. Times of day and durations become seconds. Time stamps with a zone become points in time in UTC; without one they stay as they are written. Dictionaries,
/// replaced and extended ones too, become categories, or what their values are.
/// </para>
/// <para>A table lies within one record batch. Memory: one record batch of the source. Not thread-safe.</para>
/// </remarks>
public sealed class ArrowTableReader : TableReader
{
    private readonly string _name;
    private readonly BatchSource _source;
    private readonly BatchColumns _columns;
    private RecordBatch? _batch;
    private int _start;
    private long _rowCount;
    private bool _ended;

    private ArrowTableReader(string name, BatchSource source, TableLayout? layout)
    {
        _name = name;
        _source = source;
        try
        {
            _columns = BatchSource.Guard(name, () => new BatchColumns(source.Schema, layout ?? TableLayout.Default));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override TableSchema Schema => _columns.Table;

    /// <inheritdoc/>
    public override long RowCount => _rowCount;

    /// <summary>Columns that are not read, with the reason: lists, structures, bytes and other types that no table has.</summary>
    public IReadOnlyDictionary<string, string> UnreadColumns => _columns.Unread;

    /// <summary>Opens a file, in the file format or the stream format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">Which columns are read, as what; all by default.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="TableDataException">It is damaged, or has no such column.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ArrowTableReader Open(string path, TableLayout? layout = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        return new ArrowTableReader(path, BatchSource.Guard(path, () => BatchSource.Open(stream, leaveOpen: false)), layout);
    }

    /// <summary>Reads a stream in the stream format, or the file format.</summary>
    /// <param name="stream">A stream. One that cannot seek may claim up to 1 GiB for a message.</param>
    /// <param name="layout">Which columns are read, as what; all by default.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="TableDataException">It is damaged, or has no such column.</exception>
    public static ArrowTableReader Open(Stream stream, TableLayout? layout = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        const string Name = "The stream";
        return new ArrowTableReader(Name, BatchSource.Guard(Name, () => BatchSource.Open(stream, leaveOpen)), layout);
    }

    /// <summary>Reads batches that a program has, or makes one by one.</summary>
    /// <param name="schema">The columns that all of them have.</param>
    /// <param name="batches">The batches. They belong to the caller; tables look at their buffers, so dispose them after the tables' last use.</param>
    /// <param name="layout">Which columns are read, as what; all by default.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="TableDataException">There is no such column.</exception>
    public static ArrowTableReader From(Schema schema, IEnumerable<RecordBatch> batches, TableLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(batches);
        var next = batches.GetEnumerator();
        return new ArrowTableReader("The sequence", new BatchSource(schema, _ => next.MoveNext() ? next.Current : null, next), layout);
    }

    /// <summary>Reads a stream of arrays, for example one that a database driver or the C stream interface gives.</summary>
    /// <param name="stream">The stream; it is disposed with the reader. Reading waits for it.</param>
    /// <param name="layout">Which columns are read, as what; all by default.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="TableDataException">There is no such column.</exception>
    public static ArrowTableReader From(IArrowArrayStream stream, TableLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new ArrowTableReader(
            "The stream", new BatchSource(stream.Schema, token => stream.ReadNextRecordBatchAsync(token).AsTask().GetAwaiter().GetResult(), stream), layout);
    }

    /// <inheritdoc/>
    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (_ended)
            return null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (_batch is null || _start == _batch.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _batch = BatchSource.Guard(_name, () => Next(cancellationToken));
                _start = 0;
                if (_batch is null)
                {
                    _ended = true;
                    return null;
                }
            }

            int rows = Math.Min(maxRows, _batch.Length - _start);
            var table = BatchSource.Guard(_name, () => _columns.Read(_batch, _start, rows, _rowCount));
            _start += rows;
            _rowCount += rows;
            return table;
        }
        catch
        {
            _ended = true;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _batch = null;
        if (disposing)
            _source.Dispose();
    }

    private RecordBatch? Next(CancellationToken cancellationToken)
    {
        var batch = _source.Next(cancellationToken);
        if (batch is not null)
            _columns.Check(batch);
        return batch;
    }
}
