using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>A small detector of someone else's: the distance to the mean of the training rows. With <see cref="Doubled"/> a training row's own score is twice that.</summary>
internal sealed record DistanceTrainer : DetectorTrainer<DistanceDetector>
{
    public bool Doubled { get; init; }

    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var rows = training.Transformed(context);
        var mean = new double[rows.ColumnCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            for (int column = 0; column < mean.Length; column++)
                mean[column] += rows.Cells(row)[column] / (double)rows.RowCount;
        }

        var model = new DistanceModel(training.Transform, mean);
        return new ModelFit(model, Doubled ? Array.ConvertAll(training.Score(model, context), score => 2 * score) : null);
    }
}

internal sealed class DistanceDetector : AnomalyDetector<DistanceDetector>, IDetectorKind<DistanceDetector>
{
    private readonly DistanceModel _model;

    private DistanceDetector(DetectorFrame frame, DistanceModel model)
        : base(frame, model) => _model = model;

    static string IDetectorKind<DistanceDetector>.Kind => "distance";

    public IReadOnlyList<double> Mean => _model.Mean;

    static DistanceDetector IDetectorKind<DistanceDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (DistanceModel)model);

    static DetectorModel IDetectorKind<DistanceDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new DistanceModel(frame.Transform, reader.GetDoubles("mean", -1));
}

internal sealed class DistanceModel(FeatureTransform transform, double[] mean) : DetectorModel(transform)
{
    public override DetectorInfo Info { get; } = new("distance", "the distance to the mean", 0, double.PositiveInfinity, "none");

    public double[] Mean => mean;

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            double sum = 0;
            for (int column = 0; column < mean.Length; column++)
                sum += Math.Pow(rows[(i * mean.Length) + column] - mean[column], 2);
            scores[i] = (float)Math.Sqrt(sum);
        }
    }

    protected internal override void WriteTo(ModelWriter writer) => writer.Add("mean", mean.AsMemory());
}
