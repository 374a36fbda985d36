namespace AnomalyKit.Quality;

/// <summary>Fills missing cells with the median of the known training cells of their column; 0 where there is none.</summary>
internal sealed class MedianFill
{
    private readonly float[] _medians;
    private readonly FeatureSchema _schema;

    public MedianFill(FeatureMatrix train)
    {
        _schema = new FeatureSchema(train.Schema.ColumnNames);
        _medians = new float[train.ColumnCount];
        for (int column = 0; column < _medians.Length; column++)
        {
            float[] known = [.. Enumerable.Range(0, train.RowCount).Select(row => train.Cells(row)[column]).Where(cell => !float.IsNaN(cell)).Order()];
            if (known.Length > 0)
                _medians[column] = (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        }
    }

    /// <summary>A complete copy.</summary>
    public FeatureMatrix Fill(FeatureMatrix data)
    {
        var cells = new float[data.RowCount * data.ColumnCount];
        for (int i = 0; i < cells.Length; i++)
        {
            float cell = data.Cells(i / data.ColumnCount)[i % data.ColumnCount];
            cells[i] = float.IsNaN(cell) ? _medians[i % data.ColumnCount] : cell;
        }

        return FeatureMatrix.Wrap(cells, _schema, data.Labels);
    }
}
