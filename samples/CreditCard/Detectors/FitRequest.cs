namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>What a fit is given.</summary>
/// <param name="Rows">The training rows.</param>
/// <param name="Options">Threads and progress.</param>
/// <param name="Member">The detector of another name, fitted under the same protocol and settings: now, or before.</param>
/// <param name="CancellationToken">Stops the fit.</param>
internal sealed record FitRequest(FeatureMatrix Rows, FitOptions Options, Func<string, IAnomalyDetector> Member, CancellationToken CancellationToken);
