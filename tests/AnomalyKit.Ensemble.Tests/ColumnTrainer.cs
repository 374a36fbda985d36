using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble.Tests;

/// <summary>A member whose score is one column of the row, so that combinations can be checked by hand. Its training scores are higher by <see cref="OwnShift"/>.</summary>
internal sealed record ColumnTrainer(int Column) : DetectorTrainer<ColumnDetector>
{
    public float OwnShift { get; init; }

    public string? Failure { get; init; }

    public long Memory { get; init; }

    public Action? WhenFitted { get; init; }

    public override long EstimateMemory(int rows, int columns) => Memory;

    protected override ColumnDetector FitDetector(TrainingSet training, DetectorFrame frame, FitContext context)
    {
        WhenFitted?.Invoke();
        context.CancellationToken.ThrowIfCancellationRequested();
        return Failure is null ? new ColumnDetector(frame, Column) : throw new ArgumentException(Failure);
    }

    protected override void ScoreTraining(ColumnDetector detector, TrainingSet training, Span<float> scores, FitContext context)
    {
        base.ScoreTraining(detector, training, scores, context);
        foreach (ref float score in scores)
            score += OwnShift;
    }
}

internal sealed class ColumnDetector(DetectorFrame frame, int column) : AnomalyDetector(frame)
{
    public static DetectorFormat Format { get; } = new("column", (reader, frame, _) => new ColumnDetector(frame, reader.GetInt32("column", 0, 100)));

    public override DetectorInfo Info { get; } = new("column", "a column", double.NegativeInfinity, double.PositiveInfinity, "none");

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = rows[(i * Transform.OutputColumns) + column];
    }

    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new ColumnDetector(frame, column);

    protected override void WriteModel(ModelWriter writer) => writer.Set("column", column);
}
