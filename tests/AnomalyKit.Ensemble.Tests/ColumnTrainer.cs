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

    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        WhenFitted?.Invoke();
        context.CancellationToken.ThrowIfCancellationRequested();
        if (Failure is not null)
            throw new ArgumentException(Failure);
        var model = new ColumnModel(training.Transform, Column);
        float[] scores = training.Score(model, context);
        foreach (ref float score in scores.AsSpan())
            score += OwnShift;
        return new ModelFit(model, scores);
    }
}

internal sealed class ColumnDetector : AnomalyDetector<ColumnDetector>, IDetectorKind<ColumnDetector>
{
    private ColumnDetector(DetectorFrame frame, DetectorModel model)
        : base(frame, model)
    {
    }

    static string IDetectorKind<ColumnDetector>.Kind => "column";

    static ColumnDetector IDetectorKind<ColumnDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, model);

    static DetectorModel IDetectorKind<ColumnDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new ColumnModel(frame.Transform, reader.GetInt32("column", 0, 100));
}

internal sealed class ColumnModel(FeatureTransform transform, int column) : DetectorModel(transform)
{
    public override DetectorInfo Info { get; } = new("column", "a column", double.NegativeInfinity, double.PositiveInfinity, "none");

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = rows[(i * Transform.OutputColumns) + column];
    }

    protected override void WriteTo(ModelWriter writer) => writer.Set("column", column);
}
