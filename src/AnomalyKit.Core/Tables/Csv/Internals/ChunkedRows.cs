using System.Buffers;

namespace AnomalyKit.Csv;

/// <summary>The rows of a text, cut into runs of lines that several threads read ahead, in order.</summary>
internal sealed class ChunkedRows : IDisposable
{
    private readonly CsvBytes _bytes;
    private readonly ByteChunks _chunks;
    private readonly ChunkReader _reader;
    private readonly int _depth;
    private readonly Queue<Task<FeatureTable?>> _ahead = new();
    private bool?[] _zones = [];
    private FeatureTable? _current;
    private int _start;
    private bool _isFirst = true;
    private bool _atEnd;
    private bool _isBroken;
    private bool _failed;

    /// <param name="bytes">The text from its start.</param>
    /// <param name="reader">Reads runs of lines.</param>
    /// <param name="threads">How many read at once.</param>
    /// <param name="chunkBytes">The bytes of a run.</param>
    public ChunkedRows(CsvBytes bytes, ChunkReader reader, int threads, int chunkBytes)
    {
        _bytes = bytes;
        _chunks = new ByteChunks(bytes.Text, chunkBytes);
        _reader = reader;
        _depth = threads + 1;
    }

    public long RowCount { get; private set; }

    /// <summary>Per column, whether the dates read so far are points in time; null where there were none.</summary>
    public IReadOnlyList<bool?> Zones => _zones;

    /// <summary>Bytes taken from the file so far, compressed ones if it is compressed.</summary>
    public long BytesRead => _bytes.BytesRead;

    /// <summary>Reads the next rows.</summary>
    /// <param name="maxRows">The most rows wanted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="table">At least one row; nothing at the end.</param>
    /// <returns>False where the rows that follow cannot be read here.</returns>
    public bool TryRead(int maxRows, CancellationToken cancellationToken, out FeatureTable? table)
    {
        ThrowIfFailed();
        _failed = true;
        bool isRead = TryReadNext(maxRows, cancellationToken, out table);
        _failed = false;
        return isRead;
    }

    /// <summary>Refuses to go on after a read that failed or was cancelled: what it would have given is not known.</summary>
    public void ThrowIfFailed()
    {
        if (_failed)
            throw new InvalidOperationException("An earlier read failed for good or was cancelled (or is still running), so the position in the file is unknown. Open the file again.");
    }

    public void Dispose()
    {
        // Nobody must read memory or files of a reader that is gone.
        while (_ahead.TryDequeue(out var task))
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        _bytes.Dispose();
    }

    private bool TryReadNext(int maxRows, CancellationToken cancellationToken, out FeatureTable? table)
    {
        table = null;
        while (_current is null || _start == _current.RowCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ReadAhead())
                return false;
            if (_ahead.Count == 0)
                return true;
            _current = _ahead.Peek().WaitAsync(cancellationToken).GetAwaiter().GetResult();
            _ahead.Dequeue();
            _start = 0;
            if (_current is not null)
                _current = InOneZone(_current);
            if (_current is null)
                return false;
        }

        int count = Math.Min(maxRows, _current.RowCount - _start);
        table = count == _current.RowCount ? _current : _current.Slice(_start, count);
        _start += count;
        RowCount += count;
        return true;
    }

    /// <summary>Runs of lines are read without a look at each other: the dates of all of them have a time zone, or none has.</summary>
    /// <returns>The rows, dates that are all missing in the zone of those before; nothing where the rows before have another one.</returns>
    private FeatureTable? InOneZone(FeatureTable rows)
    {
        if (_zones.Length == 0)
            _zones = new bool?[rows.Columns.Count];
        TableColumn[]? changed = null;
        for (int i = 0; i < _zones.Length; i++)
        {
            if (rows.Columns[i] is not DateTimeColumn dates || dates.IsUtc == _zones[i])
                continue;
            if (dates.MissingCount == dates.RowCount)
            {
                changed ??= [.. rows.Columns];
                changed[i] = new DateTimeColumn(dates.Name, dates.Ticks, _zones[i] ?? false);
                continue;
            }

            if (_zones[i] is not null)
                return null;
            _zones[i] = dates.IsUtc;
        }

        return changed is null ? rows : new FeatureTable(changed, rows.Schema);
    }

    private FeatureTable? Read(ArraySegment<byte> lines, bool isFirst)
    {
        try
        {
            return _reader.Read(lines, isFirst);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lines.Array!);
        }
    }

    private bool ReadAhead()
    {
        while (!_atEnd && !_isBroken && _ahead.Count < _depth)
        {
            ArraySegment<byte>? lines;
            try
            {
                lines = _chunks.Next(out bool isWhole);
                if (!isWhole)
                    return Break();
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                // The reader of the whole file comes to the same place and says so; what was cut off before it counts.
                return Break();
            }

            if (lines is null)
            {
                _atEnd = true;
                break;
            }

            bool isFirst = _isFirst;
            _isFirst = false;
            _ahead.Enqueue(Task.Run(() => Read(lines.Value, isFirst)));
        }

        return !_isBroken || _ahead.Count > 0;

        bool Break()
        {
            _isBroken = true;
            return _ahead.Count > 0;
        }
    }
}
