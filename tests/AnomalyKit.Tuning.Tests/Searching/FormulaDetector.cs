using AnomalyKit.Persistence;

namespace AnomalyKit.Tuning.Tests;

/// <summary>A detector whose score is a formula of the cells of a row.</summary>
internal sealed class FormulaDetector(FeatureSchema schema, FormulaDetector.Formula formula) : IAnomalyDetector
{
    public delegate double Formula(ReadOnlySpan<float> row);

    public DetectorInfo Info { get; } = new("formula", "a formula", double.NegativeInfinity, double.PositiveInfinity, "none");

    public DetectorFrame Frame { get; } = new(schema, FeatureTransform.Identity(schema.ColumnCount), 0, "none");

    public void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = (float)formula(rows.Cells.Slice(i * schema.ColumnCount, schema.ColumnCount));
    }

    public IAnomalyDetector WithFrame(DetectorFrame frame) => throw new NotSupportedException();

    public void WriteModel(ModelWriter writer) => throw new NotSupportedException();
}
