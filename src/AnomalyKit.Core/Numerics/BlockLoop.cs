using System.Runtime.ExceptionServices;

namespace AnomalyKit.Numerics;

/// <summary>Blocks that the caller works through, with the help of as many of the pool's threads as come in time.</summary>
/// <remarks>
/// <see cref="Parallel"/> waits for every worker that it queued, also for one that a busy pool never started: a loop whose blocks are all done, or that was cancelled,
/// then lasts until the pool has a thread to spare, half a minute and more where others block it. Here the caller waits for those that are in a block, no others.
/// </remarks>
internal sealed class BlockLoop(int blockCount, int helpers, Action<int> body, CancellationToken cancellationToken)
{
    /// <summary>After so long a helper goes to the end of the pool's queue, so that a long fit does not keep short work waiting.</summary>
    private const int TurnMilliseconds = 100;

    private readonly object _gate = new();
    private long _next;
    private int _uncalled = helpers;
    private int _inside;
    private bool _closed;
    private long _failedBlock = long.MaxValue;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs the blocks on the calling thread and at most as many others as there are helpers.</summary>
    public void Run()
    {
        CallHelper();
        while (RunNext())
        {
        }

        lock (_gate)
        {
            _closed = true;
            while (_inside > 0)
                Monitor.Wait(_gate);
        }

        _failure?.Throw();
        if (_next < blockCount)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Queues one helper; it calls the next when it comes. So there are never more queued than the pool has threads for.</summary>
    private void CallHelper()
    {
        if (Interlocked.Decrement(ref _uncalled) >= 0)
            ThreadPool.QueueUserWorkItem(static loop => loop.Help(isNew: true), this, preferLocal: false);
    }

    private void Help(bool isNew)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _inside++;
        }

        if (isNew)
            CallHelper();
        bool more = true;
        long end = Environment.TickCount64 + TurnMilliseconds;
        while (more && Environment.TickCount64 < end)
            more = RunNext();
        lock (_gate)
        {
            if (--_inside == 0)
                Monitor.PulseAll(_gate);
        }

        if (more)
            ThreadPool.QueueUserWorkItem(static loop => loop.Help(isNew: false), this, preferLocal: false);
    }

    /// <summary>Takes the next block. Blocks are taken in order, so those below a failing one have all been taken: the failure that is thrown is the same at any thread count.</summary>
    private bool RunNext()
    {
        if (Volatile.Read(ref _failure) is not null || cancellationToken.IsCancellationRequested)
            return false;
        long block = Interlocked.Increment(ref _next) - 1;
        if (block >= blockCount)
            return false;
        try
        {
            body((int)block);
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                if (block < _failedBlock)
                    (_failedBlock, _failure) = (block, ExceptionDispatchInfo.Capture(exception));
            }
        }

        return true;
    }
}
