using AnomalyKit.Numerics;
using AnomalyKit.Protocol;

namespace AnomalyKit.Outboxes;

/// <summary>Sends in the background whatever there is, and waits longer and longer while the server is away.</summary>
internal sealed class OutboxLoop : IAsyncDisposable
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    // What comes within this time goes into one request.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TurnPause = TimeSpan.FromSeconds(1);

    private readonly Outbox _outbox;
    private readonly SenderLock _turn;
    private readonly RunSender _sender;
    private readonly TimeSpan _firstPause;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private CounterRandom _random = new((ulong)Environment.ProcessId, (ulong)System.Diagnostics.Stopwatch.GetTimestamp());

    public OutboxLoop(Outbox outbox, SenderLock turn, RunSender sender, TimeSpan firstPause)
    {
        _outbox = outbox;
        _turn = turn;
        _sender = sender;
        _firstPause = firstPause;
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
        IsStuck = false;
        while (_outbox.Waiting().Count > 0)
        {
            // As long as the server takes things, it is waited for.
            if (Trouble is null && _turn.IsHeld)
                start = System.Diagnostics.Stopwatch.GetTimestamp();
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
                if (pause is { } wait)
                {
                    await Task.Delay(wait, _stop.Token).ConfigureAwait(false);
                }
                else
                {
                    await _wake.WaitAsync(TimeSpan.FromSeconds(15), _stop.Token).ConfigureAwait(false);
                    await Task.Delay(Gathering, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped; what is left is sent by the next one.
        }
    }

    /// <returns>How long to wait before the next try; null where all went well.</returns>
    private async Task<TimeSpan?> SendAllAsync(int failures)
    {
        try
        {
            foreach (long run in _outbox.Waiting())
                await _sender.SendAsync(run, _stop.Token).ConfigureAwait(false);
            (Trouble, IsStuck) = (null, false);
            return null;
        }
        catch (ServerAwayException e)
        {
            Trouble = e.Message;
            double most = Math.Min(_firstPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 16)), MaxPause.TotalMilliseconds);
            return e.RetryAfter ?? TimeSpan.FromMilliseconds(most * (0.5 + (0.5 * _random.NextDouble())));
        }
        catch (Exception e) when (e is ServerUnusableException or RunTrackingException)
        {
            (Trouble, IsStuck) = (e.Message, true);
            return MaxPause;
        }
    }
}
