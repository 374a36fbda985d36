namespace AnomalyKit.Numerics;

/// <summary>Lets fits begin while their estimated memory fits into a budget. A fit that needs more than all of it runs when no other does. It decides who runs beside whom, never a result.</summary>
/// <param name="budget">Bytes.</param>
internal sealed class MemoryGate(long budget)
{
    private const int PollMilliseconds = 50;

    private readonly object _lock = new();
    private long _inUse;
    private int _running;

    /// <summary>Half of the memory that the process may use.</summary>
    public static long DefaultBudget => Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Runs a piece of work once its memory is free.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public T Run<T>(long bytes, Func<T> work, CancellationToken token)
    {
        lock (_lock)
        {
            while (_running > 0 && _inUse > budget - bytes)
            {
                token.ThrowIfCancellationRequested();
                Monitor.Wait(_lock, PollMilliseconds);
            }

            _inUse += bytes;
            _running++;
        }

        try
        {
            return work();
        }
        finally
        {
            lock (_lock)
            {
                _inUse -= bytes;
                _running--;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
