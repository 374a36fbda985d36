namespace AnomalyKit.Monitoring.Classification;

/// <summary>How a column becomes features.</summary>
internal sealed class ColumnScale
{
    private readonly float[] _levels;
    private readonly double _center;
    private readonly double _unit;
    private readonly bool _hasSquare;
    private readonly bool _hasFlag;

    private ColumnScale(float[] levels, double center, double unit, bool hasSquare, bool hasFlag)
    {
        (_levels, _center, _unit, _hasSquare, _hasFlag) = (levels, center, unit, hasSquare, hasFlag);
        Width = levels.Length + (unit > 0 ? 1 : 0) + (hasSquare ? 1 : 0) + (hasFlag ? 1 : 0);
    }

    /// <summary>The number of features.</summary>
    public int Width { get; }

    public static ColumnScale Of(FeatureMatrix a, FeatureMatrix b, int column, bool isWide, int maxLevels)
    {
        var values = new List<float>(a.RowCount + b.RowCount);
        foreach (var rows in (FeatureMatrix[])[a, b])
        {
            for (int row = 0; row < rows.RowCount; row++)
                values.Add(rows.Cells(row)[column]);
        }

        int missing = values.RemoveAll(float.IsNaN);
        bool hasFlag = missing > 0 && values.Count > 0;
        if (maxLevels > 0)
        {
            float[] levels = [.. values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(maxLevels).Select(group => group.Key)];
            return new ColumnScale(levels, 0, 0, false, hasFlag);
        }

        if (values.Count == 0)
            return new ColumnScale([], 0, 0, false, false);
        values.Sort();
        double center = values[values.Count / 2];
        double unit = ((double)values[values.Count * 3 / 4] - values[values.Count / 4]) / 1.349;
        // More than half of the values may be one: then the whole range has to do.
        if (unit <= 0)
            unit = ((double)values[^1] - values[0]) / 4;
        return new ColumnScale([], center, unit, unit > 0 && !isWide, hasFlag && !isWide);
    }

    /// <param name="cell">A finite cell, or NaN where it is missing.</param>
    /// <param name="limit">The farthest that counts, in units.</param>
    /// <param name="features">Receives <see cref="Width"/> numbers.</param>
    public void Write(float cell, double limit, Span<double> features)
    {
        int at = 0;
        foreach (float level in _levels)
            features[at++] = cell == level ? 1 : 0;
        if (_unit > 0)
        {
            double distance = float.IsNaN(cell) ? 0 : Math.Clamp((cell - _center) / _unit, -limit, limit);
            features[at++] = distance;
            if (_hasSquare)
                features[at++] = distance * distance;
        }

        if (_hasFlag)
            features[at] = float.IsNaN(cell) ? 1 : 0;
    }
}
