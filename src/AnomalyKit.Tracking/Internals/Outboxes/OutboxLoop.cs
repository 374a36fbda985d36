using System.Runtime.ExceptionServices;
using AnomalyKit.Protocol;

namespace AnomalyKit.Outboxes;

/// <summary>Sends in the background whatever there is, and waits longer and longer while the server is away. A run that alone cannot be sent does not hold up the others.</summary>
internal sealed class OutboxLoop : IAsyncDisposable
{
    // What comes within this time goes into one request.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TurnPause = TimeSpan.FromSeconds(1);

    private readonly Outbox _outbox;
    private readonly SenderLock _turn;
    private readonly RunSender _sender;
    private readonly TimeSpan _firstPause;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Backoff _backoff;
    private readonly FailingRuns _failing;
    private readonly Task _loop;
    private volatile bool _isWaitedFor;

    public OutboxLoop(Outbox outbox, SenderLock turn, RunSender sender, TimeSpan firstPause)
    {
        _outbox = outbox;
        _turn = turn;
        _sender = sender;
        _firstPause = firstPause;
        _backoff = new Backoff(firstPause);
        _failing = new FailingRuns(_backoff);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Why nothing could be sent the last time; null where all went well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether waiting does not help: the trouble is one that somebody must mend.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Says that there is something to send.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else has said it, or nobody sends any more.
        }
    }

    /// <summary>Waits until nothing is left to send.</summary>
    /// <param name="timeout">How long, while the server is away.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether nothing is left.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        long taken = _sender.Taken;
        IsStuck = false;
        _isWaitedFor = true;
        while (_outbox.Waiting().Count > 0)
        {
            if (_loop.IsCompleted)
                return false;
            // As long as the server takes things, it is waited for.
            if (_sender.Taken != taken || (Trouble is null && _turn.IsHeld))
                (start, taken) = (System.Diagnostics.Stopwatch.GetTimestamp(), _sender.Taken);
            else if (IsStuck || System.Diagnostics.Stopwatch.GetElapsedTime(start) >= timeout)
                return false;
            Wake();
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _wake.Dispose();
        _turn.Dispose();
    }

    private async Task RunAsync()
    {
        int failures = 0;
        try
        {
            while (true)
            {
                if (!_turn.TryTake())
                {
                    // Another process sends for all.
                    await Task.Delay(TurnPause, _stop.Token).ConfigureAwait(false);
                    continue;
                }

                TimeSpan? pause = await SendAllAsync(failures).ConfigureAwait(false);
                failures = pause is null ? 0 : failures + 1;
                if (pause is { } wait && IsStuck)
                {
                    // Whoever asks gets an answer at once: the trouble may have been mended.
                    await Task.Delay(_firstPause, _stop.Token).ConfigureAwait(false);
                    await _wake.WaitAsync(wait, _stop.Token).ConfigureAwait(false);
                }
                else if (pause is { } rest)
                {
                    await Task.Delay(rest, _stop.Token).ConfigureAwait(false);
                }
                else
                {
                    await _wake.WaitAsync(_failing.NextRest(TimeSpan.FromSeconds(15)), _stop.Token).ConfigureAwait(false);
                    await Task.Delay(Gathering, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Stopped; what is left is sent by the next one.
        }
        catch (Exception e)
        {
            // Nothing is sent here any more: whoever waits is told, and another process may have the turn.
            (Trouble, IsStuck) = (e.Message, true);
            _turn.Dispose();
        }
    }

    /// <returns>How long to wait before the next try; null where all went well.</returns>
    private async Task<TimeSpan?> SendAllAsync(int failures)
    {
        try
        {
            while (await SendDueAsync().ConfigureAwait(false))
            {
            }

            IsStuck = false;
            if (!_failing.Any)
                Trouble = null;
            return null;
        }
        catch (ServerAwayException e)
        {
            (Trouble, IsStuck) = (e.Message, false);
            return e.RetryAfter ?? _backoff.After(failures);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            (Trouble, IsStuck) = (e.Message, true);
            return Backoff.Max;
        }
    }

    /// <returns>Whether there is more to send at once: runs whose parent the server did not know before.</returns>
    private async Task<bool> SendDueAsync()
    {
        bool hasSent = false, hasLeft = false, isAway = false;
        ServerUnusableException? unusable = null;
        if (_isWaitedFor)
            _failing.Wake();
        _isWaitedFor = false;
        foreach (long run in _failing.Due(_outbox.Waiting()))
        {
            if (_outbox.WaitsForParent(run))
            {
                hasLeft = true;
                continue;
            }

            try
            {
                await _sender.SendAsync(run, _stop.Token).ConfigureAwait(false);
                _failing.Remove(run);
                hasSent = true;
                if (!_failing.Any)
                    Trouble = null;
            }
            catch (ServerAwayException e)
            {
                if (!_failing.Add(run, e.IsOfRequest))
                    throw;
                (Trouble, isAway) = (e.Message, true);
            }
            catch (ServerUnusableException e)
            {
                // The server may forbid this run alone.
                if (!_failing.Add(run, isOfRun: true))
                    throw;
                (Trouble, unusable) = (e.Message, e);
            }
        }

        // No other run went well, or may soon: whoever waits is told at once, and the next turn tries all of them.
        if (unusable is not null && !hasSent && !isAway)
        {
            _failing.Wake();
            ExceptionDispatchInfo.Throw(unusable);
        }

        return hasSent && hasLeft;
    }
}
