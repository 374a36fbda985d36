namespace AnomalyKit.ContractTests.Outside;

/// <summary>Fits gates: nothing but the one method that a trainer needs.</summary>
internal sealed record GateTrainer : IDetectorTrainer
{
    public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default) => GateDetector.Fit(data);
}
