namespace AnomalyKit.Serving.Keys;

/// <summary>A rate with bursts of up to one second's worth, at least one request (the generic cell rate algorithm: one number is all its state).</summary>
internal sealed class RateLimit
{
    private readonly TimeProvider _time;
    private readonly long _interval;
    private readonly long _burst;
    private long _nextAt;

    public RateLimit(double perSecond, TimeProvider time)
    {
        _time = time;
        _interval = Math.Max(1, (long)(time.TimestampFrequency / perSecond));
        _burst = Math.Max(0, time.TimestampFrequency - _interval);
        _nextAt = time.GetTimestamp() - _burst;
    }

    /// <summary>Takes one request.</summary>
    /// <returns>Zero where it was taken; else how long to wait.</returns>
    public TimeSpan TryTake()
    {
        long now = _time.GetTimestamp();
        while (true)
        {
            long seen = Interlocked.Read(ref _nextAt);
            long at = Math.Max(seen, now - _burst);
            if (at > now)
                return _time.GetElapsedTime(now, at);
            if (Interlocked.CompareExchange(ref _nextAt, at + _interval, seen) == seen)
                return TimeSpan.Zero;
        }
    }
}
