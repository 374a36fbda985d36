namespace AnomalyKit.Objects;

/// <summary>Reads a sequence of objects batch by batch.</summary>
internal sealed class ObjectReader<T>(ObjectBatches<T> batches, IEnumerable<T> items) : TableReader
{
    private readonly IEnumerator<T> _items = items.GetEnumerator();
    private T[] _buffer = [];
    private bool _failed;

    public override TableSchema Schema => batches.Schema;

    public override long RowCount => batches.RowCount;

    public override long? TotalRowCount { get; } = items.TryGetNonEnumeratedCount(out int count) ? count : null;

    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        ObjectBatches<T>.ThrowIfFailed(_failed);
        _failed = true;
        int count = 0;
        while (count < maxRows && _items.MoveNext())
        {
            if ((count & 1023) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (count == _buffer.Length)
                Array.Resize(ref _buffer, Math.Min(maxRows, Math.Max(256, count * 2)));
            _buffer[count++] = _items.Current;
        }

        var batch = count == 0 ? null : batches.Take(_buffer.AsSpan(0, count));
        _buffer.AsSpan(0, count).Clear();
        _failed = false;
        return batch;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _items.Dispose();
    }
}
