namespace AnomalyKit.Quality;

/// <summary>Median and robust deviation (1.4826 times the median absolute deviation) of a column of training rows.</summary>
/// <param name="Median">The median.</param>
/// <param name="Deviation">The robust deviation; 0 where more than half of the rows have one value.</param>
internal readonly record struct ColumnSpread(double Median, double Deviation)
{
    private const double NormalConsistency = 1.4826;

    /// <summary>The spread of every column.</summary>
    public static ColumnSpread[] Of(FeatureMatrix rows)
    {
        var spreads = new ColumnSpread[rows.ColumnCount];
        for (int column = 0; column < spreads.Length; column++)
        {
            double[] values = [.. Enumerable.Range(0, rows.RowCount).Select(row => (double)rows.Cells(row)[column])];
            double median = Middle(values);
            spreads[column] = new ColumnSpread(median, NormalConsistency * Middle([.. values.Select(value => Math.Abs(value - median))]));
        }

        return spreads;
    }

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
