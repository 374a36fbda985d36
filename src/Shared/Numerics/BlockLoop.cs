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

    // What the blocks see of their caller; flowed by hand, so that what a block sets does not reach the helper's next turn.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    // Gone when the loop is closed: a helper that comes later has nothing to do, and holds on to nothing while it is queued.
    private Action<int>? _body = body;
    private long _next;
    private int _uncalled = helpers;
    private int _inside;
    private long _failedBlock = long.MaxValue;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs the blocks on the calling thread and at most as many others as there are helpers.</summary>
    public void Run()
    {
        try
        {
            CallHelper();
            while (RunNext(_body!))
            {
            }
        }
        finally
        {
            Close();
        }

        _failure?.Throw();
        if (_next < blockCount)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits for those that are in a block. Blocks may use memory that the caller lends, so it must not leave before, not even when it is interrupted.</summary>
    private void Close()
    {
        bool interrupted = false;
        Enter();
        _body = null;
        while (_inside > 0)
        {
            try
            {
                Monitor.Wait(_gate);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        Monitor.Exit(_gate);
        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    /// <summary>Takes the gate. Waiting for a lock can be interrupted; the interrupt is kept for the next wait, so that nothing is left out in between.</summary>
    private void Enter()
    {
        bool interrupted = false;
        for (bool isTaken = false; !isTaken;)
        {
            try
            {
                Monitor.Enter(_gate, ref isTaken);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    /// <summary>Queues one helper; it calls the next one when it comes. So a busy pool has one newcomer in its queue, not as many as there might be.</summary>
    private void CallHelper()
    {
        if (Interlocked.Decrement(ref _uncalled) >= 0)
            Queue(isNew: true);
    }

    private void Queue(bool isNew) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static call =>
            {
                if (call.Loop._context is { } context)
                    ExecutionContext.Run(context, static state => ((Turn)state!).Run(), call);
                else
                    call.Run();
            },
            new Turn(this, isNew),
            preferLocal: false);

    private void Help(bool isNew)
    {
        Action<int>? body;
        lock (_gate)
        {
            body = _body;
            if (body is null)
                return;
            _inside++;
        }

        bool more = true;
        try
        {
            if (isNew)
                CallHelper();
            long end = Environment.TickCount64 + TurnMilliseconds;
            while (more && Environment.TickCount64 < end)
                more = RunNext(body);
        }
        finally
        {
            Enter();
            if (--_inside == 0)
                Monitor.PulseAll(_gate);
            Monitor.Exit(_gate);
        }

        if (more)
            Queue(isNew: false);
    }

    /// <summary>Takes the next block. Blocks are taken in order, so those below a failing one have all been taken: the failure that is thrown is the same at any thread count.</summary>
    private bool RunNext(Action<int> body)
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
            Enter();
            if (block < _failedBlock)
                (_failedBlock, _failure) = (block, ExceptionDispatchInfo.Capture(exception));
            Monitor.Exit(_gate);
        }

        return true;
    }

    private sealed record Turn(BlockLoop Loop, bool IsNew)
    {
        public void Run() => Loop.Help(IsNew);
    }
}
