namespace AnomalyKit.Ensemble;

/// <summary>Stands for a detector that was fitted before: its fit is to hand it out.</summary>
internal sealed record FittedTrainer(IAnomalyDetector Detector) : IDetectorTrainer
{
    // Nothing is fitted, so weights change nothing.
    public bool AcceptsWeights => true;

    // The columns are those that it was fitted on, with their levels and missing cells; Fit compares them.
    public bool AcceptsMissing => true;

    public bool AcceptsCategories => true;

    public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Detector.Schema.Equals(data.Schema)
            ? Detector
            : throw new ArgumentException($"It was fitted on the columns {Detector.Schema}; the data has {data.Schema}. Names, number and offsets must be the same.", nameof(data));
    }

    public long EstimateMemory(int rows, int columns) => 0;
}
