namespace AnomalyKit;

/// <summary>Passes reports of several threads on, one at a time, leaving out those that are no further than what was told before.</summary>
internal sealed class MonotoneProgress<T>(IProgress<T>? progress)
{
    private readonly Lock _lock = new();
    private double _last = -1;

    public void Report(double fraction, T report)
    {
        if (progress is null)
            return;
        lock (_lock)
        {
            if (fraction <= _last)
                return;
            _last = fraction;
            progress.Report(report);
        }
    }
}
