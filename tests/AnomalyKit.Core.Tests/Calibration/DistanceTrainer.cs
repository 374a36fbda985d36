using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>A small detector of someone else's: the distance to the mean of the training rows. With <see cref="Doubled"/> a training row's own score is twice that.</summary>
internal sealed record DistanceTrainer : DetectorTrainer<DistanceDetector>
{
    public bool Doubled { get; init; }

    protected override DistanceDetector FitDetector(TrainingSet training, DetectorFrame frame, FitContext context)
    {
        var rows = training.Transformed(context);
        var mean = new double[rows.ColumnCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            for (int column = 0; column < mean.Length; column++)
                mean[column] += rows.Row(row)[column] / (double)rows.RowCount;
        }

        return new DistanceDetector(frame, mean);
    }

    protected override void ScoreTraining(DistanceDetector detector, TrainingSet training, Span<float> scores, FitContext context)
    {
        base.ScoreTraining(detector, training, scores, context);
        for (int i = 0; i < scores.Length && Doubled; i++)
            scores[i] *= 2;
    }
}

internal sealed class DistanceDetector(DetectorFrame frame, double[] mean) : AnomalyDetector(frame)
{
    public static ModelCatalog Catalog { get; } = new(
        [new DetectorFormat("distance", (reader, frame, _) => new DistanceDetector(frame, reader.GetDoubles("mean", -1)))]);

    public override DetectorInfo Info { get; } = new("distance", "the distance to the mean", 0, double.PositiveInfinity, "none");

    public IReadOnlyList<double> Mean => mean;

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

    protected internal override AnomalyDetector WithFrame(DetectorFrame frame) => new DistanceDetector(frame, mean);

    protected override void WriteModel(ModelWriter writer) => writer.Add("mean", mean.AsMemory());
}
