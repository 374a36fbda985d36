using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests.Outside;

/// <summary>A detector of somebody else that implements <see cref="IAnomalyDetector"/> without any base class: how far outside the range of the training rows a row lies.</summary>
internal sealed class GateDetector : IAnomalyDetector
{
    private const string KindName = "gate";

    private readonly float[] _least;
    private readonly float[] _greatest;

    private GateDetector(DetectorFrame frame, float[] least, float[] greatest)
    {
        Frame = frame;
        _least = least;
        _greatest = greatest;
    }

    public static DetectorFormat Format { get; } = new(KindName, Read);

    public DetectorInfo Info { get; } = new(KindName, "the sum over columns of how far a cell lies outside the training range", 0, double.PositiveInfinity, "none");

    public DetectorFrame Frame { get; }

    public static GateDetector Fit(FeatureMatrix data)
    {
        var least = new float[data.ColumnCount];
        var greatest = new float[data.ColumnCount];
        Array.Fill(least, float.MaxValue);
        Array.Fill(greatest, float.MinValue);
        for (int row = 0; row < data.RowCount; row++)
        {
            for (int column = 0; column < data.ColumnCount; column++)
            {
                least[column] = Math.Min(least[column], data.Cells(row)[column]);
                greatest[column] = Math.Max(greatest[column], data.Cells(row)[column]);
            }
        }

        return new GateDetector(new DetectorFrame(data.Schema, FeatureTransform.Identity(data.ColumnCount), 0, "outside the training range"), least, greatest);
    }

    public void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        for (int row = 0; row < rows.RowCount; row++)
        {
            double sum = 0;
            for (int column = 0; column < rows.ColumnCount; column++)
            {
                float cell = rows.Cells[(row * rows.ColumnCount) + column];
                sum += Math.Max(0, (double)cell - _greatest[column]) + Math.Max(0, (double)_least[column] - cell);
            }

            scores[row] = (float)Math.Min(sum, float.MaxValue);
        }
    }

    public IAnomalyDetector WithFrame(DetectorFrame frame) => new GateDetector(frame, _least, _greatest);

    public void WriteModel(ModelWriter writer)
    {
        writer.Add("least", _least.AsMemory());
        writer.Add("greatest", _greatest.AsMemory());
    }

    private static GateDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, reader.GetSingles("least", frame.Schema.ColumnCount), reader.GetSingles("greatest", frame.Schema.ColumnCount));
}
