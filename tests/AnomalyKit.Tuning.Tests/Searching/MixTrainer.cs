namespace AnomalyKit.Tuning.Tests;

/// <summary>A trainer of somebody else, whose score is a mix of two columns: the first tells anomalies, the second does not.</summary>
internal sealed record MixTrainer : IDetectorTrainer
{
    public double Weight { get; init; } = 0.2;

    /// <summary>Sees what a fit is given, before it ends.</summary>
    public Action<FeatureMatrix>? WhenFitted { get; init; }

    public long Memory { get; init; }

    public static SearchDimension WeightDimension { get; } = SearchDimension.Real<MixTrainer>("Weight", 0, 1, (trainer, value) => trainer with { Weight = value });

    public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        WhenFitted?.Invoke(data);
        cancellationToken.ThrowIfCancellationRequested();
        return new FormulaDetector(data.Schema, row => (Weight * row[0]) + ((1 - Weight) * row[1]));
    }

    public long EstimateMemory(int rows, int columns) => Memory;
}
