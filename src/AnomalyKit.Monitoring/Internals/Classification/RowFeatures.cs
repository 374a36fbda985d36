namespace AnomalyKit.Monitoring.Classification;

/// <summary>What a classifier sees of rows: of numbers their distance from the median in robust units, limited, and its square; of categories their levels; and whether a cell is missing.</summary>
internal sealed class RowFeatures
{
    private const double Limit = 5;
    private const int MaxLevels = 16;
    private const int MaxFeatures = 400;

    private readonly FeatureSchema _schema;
    private readonly ColumnScale[] _scales;
    private readonly int[] _starts;

    public RowFeatures(FeatureMatrix a, FeatureMatrix b)
    {
        _schema = a.Schema;
        _scales = new ColumnScale[a.ColumnCount];
        _starts = new int[a.ColumnCount + 1];
        // So many columns that squares and flags would make the classifier learn nothing but noise have their values alone.
        bool isWide = a.ColumnCount * 2 > MaxFeatures;
        for (int column = 0; column < _scales.Length; column++)
        {
            _scales[column] = ColumnScale.Of(a, b, column, isWide, _schema.LevelCounts[column] > 0 ? MaxLevels : 0);
            _starts[column + 1] = _starts[column] + _scales[column].Width;
        }
    }

    /// <param name="rows">Rows without infinite cells.</param>
    public double[][] Of(FeatureMatrix rows)
    {
        var features = new double[rows.RowCount][];
        for (int row = 0; row < features.Length; row++)
        {
            features[row] = new double[_starts[^1]];
            var cells = rows.Cells(row);
            for (int column = 0; column < cells.Length; column++)
                _scales[column].Write(cells[column], Limit, features[row].AsSpan(_starts[column].._starts[column + 1]));
        }

        return features;
    }

    /// <summary>The part of each column in the difference of the two windows' mean scores.</summary>
    public IEnumerable<(string Name, double Fraction)> Parts(LogisticRegression model, double[][] rows, bool[] areCurrent)
    {
        double current = areCurrent.Count(flag => flag);
        double reference = areCurrent.Length - current;
        var parts = new double[_scales.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            double weight = areCurrent[row] ? 1 / current : -1 / reference;
            for (int column = 0; column < parts.Length; column++)
            {
                for (int i = _starts[column]; i < _starts[column + 1]; i++)
                    parts[column] += weight * model.Weights[i] * rows[row][i];
            }
        }

        double sum = parts.Sum(part => Math.Max(0, part));
        return parts.Select((part, column) => (_schema.ColumnNames[column], sum > 0 ? Math.Max(0, part) / sum : 0));
    }
}
