using AnomalyKit.Numerics;

namespace AnomalyKit.Outboxes;

/// <summary>Pauses that double with each failure, up to a minute, and differ from process to process.</summary>
internal sealed class Backoff(TimeSpan first)
{
    public static readonly TimeSpan Max = TimeSpan.FromMinutes(1);

    private CounterRandom _random = new((ulong)Environment.ProcessId, (ulong)System.Diagnostics.Stopwatch.GetTimestamp());

    /// <summary>The pause after some failures.</summary>
    /// <param name="failures">The failures before this one.</param>
    public TimeSpan After(int failures)
    {
        double most = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 16)), Max.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * (0.5 + (0.5 * _random.NextDouble())));
    }
}
