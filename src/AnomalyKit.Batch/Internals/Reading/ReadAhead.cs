namespace AnomalyKit.Batch.Reading;

/// <summary>Reads the next batch of a reader while the last one is worked on.</summary>
/// <remarks>Not thread-safe: the reader is used by one call at a time, and what it gave before it failed comes first.</remarks>
/// <param name="read">Reads at most so many rows; nothing at the end.</param>
internal sealed class ReadAhead(Func<int, FeatureTable?> read) : IDisposable
{
    /// <summary>Larger batches are not read ahead, so that memory stays that of a few usual ones.</summary>
    private const int MostRows = 1 << 17;

    private Task<FeatureTable?>? _next;
    private FeatureTable? _rest;

    /// <summary>The next rows.</summary>
    /// <param name="maxRows">The most rows wanted.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>At least one row; nothing at the end.</returns>
    public FeatureTable? Read(int maxRows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = _rest ?? Take(maxRows, cancellationToken);
        _rest = null;
        if (batch is null)
            return null;
        if (batch.RowCount > maxRows)
        {
            _rest = batch.Slice(maxRows, batch.RowCount - maxRows);
            return batch.Slice(0, maxRows);
        }

        if (maxRows <= MostRows)
            _next = Task.Run(() => read(maxRows), CancellationToken.None);
        return batch;
    }

    /// <summary>Passes over rows that were read already.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>How many there were.</returns>
    public long Skip(long count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_rest is null && _next is not null && count > 0)
            _rest = Take(maxRows: 0, cancellationToken);
        if (_rest is not { } rest)
            return 0;
        int skipped = (int)Math.Min(count, rest.RowCount);
        _rest = skipped == rest.RowCount ? null : rest.Slice(skipped, rest.RowCount - skipped);
        return skipped;
    }

    /// <summary>Waits for the read in progress: nobody must use a reader that is gone.</summary>
    public void Dispose()
    {
        if (_next is { } next)
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
        _next = null;
    }

    private FeatureTable? Take(int maxRows, CancellationToken cancellationToken)
    {
        if (_next is not { } next)
            return read(maxRows);
        var batch = next.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        _next = null;
        return batch;
    }
}
