using System.Runtime.CompilerServices;

namespace AnomalyKit.Objects;

/// <summary>Reads an asynchronous sequence of objects batch by batch.</summary>
internal sealed class ObjectStreamReader<T>(ObjectBatches<T> batches, IAsyncEnumerable<T> items) : TableReader
{
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<T>? _items;
    private T[] _buffer = [];
    private bool _failed;

    public override TableSchema Schema => batches.Schema;

    public override long RowCount => batches.RowCount;

    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default) =>
        ReadAsync(maxRows, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async IAsyncEnumerable<FeatureTable> ReadBatchesAsync(int batchRows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReadAsync(batchRows, cancellationToken).ConfigureAwait(false) is { } batch)
            yield return batch;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_items is not null)
            await _items.DisposeAsync().ConfigureAwait(false);
        _items = null;
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _items?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _items = null;
        _stop.Dispose();
    }

    private async ValueTask<FeatureTable?> ReadAsync(int maxRows, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        ObjectBatches<T>.ThrowIfFailed(_failed);
        _failed = true;
        cancellationToken.ThrowIfCancellationRequested();
        _items ??= items.GetAsyncEnumerator(_stop.Token);
        int count = 0;
        // The sequence takes one token only, so the caller's is passed on.
        await using (cancellationToken.UnsafeRegister(stop => ((CancellationTokenSource)stop!).Cancel(), _stop).ConfigureAwait(false))
        {
            while (count < maxRows && await _items.MoveNextAsync().ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (count == _buffer.Length)
                    Array.Resize(ref _buffer, Math.Min(maxRows, Math.Max(256, count * 2)));
                _buffer[count++] = _items.Current;
            }
        }

        var batch = count == 0 ? null : batches.Take(_buffer.AsSpan(0, count));
        _buffer.AsSpan(0, count).Clear();
        _failed = false;
        return batch;
    }
}
