namespace AnomalyKit.Quality;

/// <summary>A table whose columns keep their values and lose every relation with each other.</summary>
internal static class ShuffledColumns
{
    /// <summary>Shuffles each column by itself, over the normal rows; anomalies stay as they are.</summary>
    public static FeatureMatrix Of(FeatureMatrix data, int seed)
    {
        var random = new Random(seed);
        int[] normal = [.. Enumerable.Range(0, data.RowCount).Where(row => !data.Labels.Span[row])];
        var cells = new float[data.RowCount * data.ColumnCount];
        for (int row = 0; row < data.RowCount; row++)
            data.Cells(row).CopyTo(cells.AsSpan(row * data.ColumnCount));
        for (int column = 0; column < data.ColumnCount; column++)
        {
            int[] sources = [.. normal];
            random.Shuffle(sources);
            for (int i = 0; i < normal.Length; i++)
                cells[(normal[i] * data.ColumnCount) + column] = data.Cells(sources[i])[column];
        }

        return FeatureMatrix.Wrap(cells, data.Schema, data.Labels);
    }
}
