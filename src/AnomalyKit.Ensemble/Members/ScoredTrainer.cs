namespace AnomalyKit.Ensemble;

/// <summary>Stands for a detector that was fitted before, and whose scores of the training rows are known.</summary>
internal sealed record ScoredTrainer(FittedTrainer Fitted, ReadOnlyMemory<float> TrainingScores) : IDetectorTrainer
{
    public bool AcceptsWeights => Fitted.AcceptsWeights;

    public bool AcceptsMissing => Fitted.AcceptsMissing;

    public bool AcceptsCategories => Fitted.AcceptsCategories;

    public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default) => Fitted.Fit(data, options, cancellationToken);

    public FitResult<IAnomalyDetector> FitAndScore(CheckedRows rows, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return TrainingScores.Length == rows.Data.RowCount
            ? new FitResult<IAnomalyDetector>(Fit(rows.Data, options, cancellationToken), TrainingScores)
            : throw new ArgumentException($"It came with {TrainingScores.Length} scores of training rows; the data has {rows.Data.RowCount} rows.", nameof(rows));
    }

    public long EstimateMemory(int rows, int columns) => Fitted.EstimateMemory(rows, columns);
}
