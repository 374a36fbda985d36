namespace AnomalyKit.Samples.Streaming;

/// <summary>Collects payments after a drift, then fits a new detector to them beside the stream.</summary>
internal sealed class Refit
{
    /// <summary>Payments that the new detector is fitted on.</summary>
    public const int Rows = 10_000;

    // A service would take the new detector over as soon as it is fitted. The sample waits for a fixed payment, so that every run prints the same.
    private const int RowsUntilTakeover = 1_000;

    private readonly List<Payment> _payments = [];
    private Task<WatchedDetector>? _fit;

    /// <summary>Whether the new detector can take over.</summary>
    public bool IsDue => _payments.Count >= Rows + RowsUntilTakeover;

    /// <summary>The new detector.</summary>
    public Task<WatchedDetector> Result => _fit ?? throw new InvalidOperationException("Too few payments for a fit.");

    /// <summary>Adds payments; the fit starts on another thread once there are enough.</summary>
    public void Add(IEnumerable<Payment> payments)
    {
        _payments.AddRange(payments);
        if (_fit is null && _payments.Count >= Rows)
        {
            Payment[] training = [.. _payments.Take(Rows)];
            _fit = Task.Run(() => WatchedDetector.Fit(training));
        }
    }
}
