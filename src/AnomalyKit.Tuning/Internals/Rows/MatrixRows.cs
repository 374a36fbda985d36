using AnomalyKit.Hashing;

namespace AnomalyKit.Tuning;

/// <summary>The rows of a matrix.</summary>
internal sealed class MatrixRows(FeatureMatrix matrix) : SearchRows(RowLabels.Of(matrix))
{
    // No trainer, whoever wrote it, can look at labels that are not there.
    private readonly FeatureMatrix _data = matrix.WithLabels(default);

    public override Lazy<string> Hash { get; } = new(() => DataHash.Of(matrix));

    public override TableColumn Column(string name)
    {
        int index = _data.Schema.IndexOf(name);
        double offset = _data.Schema.ColumnOffsets[index];
        var values = new double[_data.RowCount];
        for (int row = 0; row < values.Length; row++)
            values[row] = _data.Cells(row)[index] + offset;
        return new DoubleColumn(name, values);
    }

    public override int ColumnCountOf(Setting setting) => _data.ColumnCount;

    public override long EstimateMemory(Setting setting, int rows) =>
        Math.Max(0, setting.Trainer.EstimateMemory(rows, _data.ColumnCount)) + (4L * _data.RowCount * _data.ColumnCount);

    public override float[] FitAndScore(Setting setting, int[] training, int[] scored, int threads, CancellationToken token)
    {
        var detector = setting.Trainer.Fit(_data.SelectRows(training), FitOptions(threads), token);
        return detector.Score(_data.SelectRows(scored), new ScoreOptions { MaxDegreeOfParallelism = threads }, token);
    }
}
