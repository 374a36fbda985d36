using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Attribution;

/// <summary>A detector whose score is a formula of the row's cells, and that looks at every row it is given.</summary>
internal sealed class FormulaDetector(int columns, FormulaDetector.Formula formula) : IAnomalyDetector
{
    public delegate double Formula(ReadOnlySpan<float> row);

    public DetectorInfo Info { get; } = new("formula", "a formula", double.NegativeInfinity, double.PositiveInfinity, "none");

    public DetectorFrame Frame { get; init; } = new(FeatureSchema.Unnamed(columns), FeatureTransform.Identity(columns), 0, "none");

    public int BlockRows { get; init; } = 3;

    public void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        Assert.InRange(rows.RowCount, 1, BlockRows);
        for (int i = 0; i < scores.Length; i++)
            scores[i] = (float)formula(rows.Cells.Slice(i * columns, columns));
    }

    public IAnomalyDetector WithFrame(DetectorFrame frame) => throw new NotSupportedException();

    public void WriteModel(ModelWriter writer) => throw new NotSupportedException();
}
