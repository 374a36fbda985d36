namespace AnomalyKit.Tracking.Tests.Support;

/// <summary>A clock that a test sets; its timers go off when it does.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock.</summary>
    /// <param name="time">By how much.</param>
    /// <param name="areTimersPaused">Whether no timer goes off, as in a process that was stopped.</param>
    public void Pass(TimeSpan time, bool areTimersPaused = false)
    {
        _now += time;
        foreach (var timer in areTimersPaused ? [] : _timers)
            timer.GoOff();
    }

    private sealed class ManualTimer(Action callback) : ITimer
    {
        private bool _isStopped;

        public void GoOff()
        {
            if (!_isStopped)
                callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_isStopped;

        public void Dispose() => _isStopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
