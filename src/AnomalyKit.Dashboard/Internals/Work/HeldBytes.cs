namespace AnomalyKit.Dashboard.Work;

/// <summary>A part of the host's bytes; given back when it is disposed, and nothing is held after that.</summary>
internal sealed class HeldBytes(HostBudget budget) : IDisposable
{
    private readonly Lock _gate = new();
    private long _bytes;
    private bool _isDisposed;

    /// <exception cref="TableDataException">There would be more than the host allows; what was held is held still.</exception>
    public void Grow(long bytes)
    {
        lock (_gate)
            Change(_bytes + bytes);
    }

    /// <exception cref="TableDataException">There would be more than the host allows; what was held is held still.</exception>
    public void Set(long bytes)
    {
        lock (_gate)
            Change(bytes);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Change(0);
            _isDisposed = true;
        }
    }

    private void Change(long bytes)
    {
        if (_isDisposed)
            return;
        budget.Add(bytes - _bytes);
        _bytes = bytes;
    }
}
