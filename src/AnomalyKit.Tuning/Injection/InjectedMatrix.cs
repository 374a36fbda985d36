namespace AnomalyKit;

/// <summary>A matrix with rows added to it.</summary>
internal static class InjectedMatrix
{
    /// <summary>The rows of a matrix, followed by the added rows. The added rows are labeled as anomalies, and all others as normal, whatever they really are.</summary>
    public static FeatureMatrix Of(FeatureMatrix data, float[][] added)
    {
        int columns = data.ColumnCount;
        var cells = new float[checked((data.RowCount + added.Length) * columns)];
        for (int row = 0; row < data.RowCount; row++)
            data.Cells(row).CopyTo(cells.AsSpan(row * columns, columns));
        for (int i = 0; i < added.Length; i++)
            added[i].CopyTo(cells.AsSpan((data.RowCount + i) * columns, columns));
        var labels = new bool[data.RowCount + added.Length];
        labels.AsSpan(data.RowCount).Fill(true);
        return FeatureMatrix.Wrap(cells, data.Schema, labels);
    }
}
