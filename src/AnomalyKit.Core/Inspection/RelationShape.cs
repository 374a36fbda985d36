namespace AnomalyKit;

/// <summary>Tells whether two columns of numbers that move together follow a curve rather than a line.</summary>
/// <remarks>
/// Both columns are brought to one scale, by their medians and the widths of their middle two thirds. Along the line on which both grow alike, the rows are cut into bins of equal size. The median of each bin then lies more or less far beside a
/// straight line through all of them. The relation is curved if that is, on average over the bins, more than what rows usually lie beside the median of their bin: an ellipse around all rows would then be wide
/// because of the curve, not because of the noise. Neither column is taken for the cause of the other one, because a regression of a column on another with noise bends where values become rare.
/// </remarks>
internal static class RelationShape
{
    private const int MinRows = 200;
    private const int RowsPerBin = 25;
    private const int MaxBins = 16;

    // Rows with the same of a few values would look like a bend of their own.
    private const int MinDistinct = 32;

    // On the common scale: what bends less is straight, however little noise there is.
    private const double MinBend = 0.05;

    // In units of the usual deviation within bins: bins without any must not outweigh all others.
    private const double LeastSpread = 0.5;

    // On the common scale: bins without any deviation have it.
    private const double LeastUnit = 1e-9;

    /// <param name="first">One number per row, NaN where it is missing.</param>
    /// <param name="second">The same of the other column.</param>
    /// <param name="isRising">Whether one rises if the other does.</param>
    public static bool IsCurved(double[] first, double[] second, bool isRising)
    {
        int[] rows = [.. Enumerable.Range(0, first.Length).Where(row => double.IsFinite(first[row]) && double.IsFinite(second[row]))];
        if (rows.Length < MinRows)
            return false;
        double[]? x = Scaled([.. rows.Select(row => first[row])]);
        double[]? y = Scaled([.. rows.Select(row => isRising ? second[row] : -second[row])]);
        if (x is null || y is null)
            return false;
        var points = new (double Along, double Beside)[rows.Length];
        for (int i = 0; i < points.Length; i++)
            points[i] = (x[i] + y[i], y[i] - x[i]);
        Array.Sort(points);
        return IsBent(Bins(points));
    }

    /// <summary>The median and the usual deviation from it beside the line, and the median along it, of bins of sorted rows.</summary>
    private static (double Along, double Beside, double Deviation)[] Bins((double Along, double Beside)[] points)
    {
        var bins = new (double, double, double)[Math.Min(MaxBins, points.Length / RowsPerBin)];
        for (int i = 0; i < bins.Length; i++)
        {
            var bin = points[(int)((long)i * points.Length / bins.Length)..(int)((i + 1L) * points.Length / bins.Length)];
            double[] beside = Array.ConvertAll(bin, point => point.Beside);
            Array.Sort(beside);
            bins[i] = (Median(Array.ConvertAll(bin, point => point.Along)), Median(beside), Deviation(beside));
        }

        return bins;
    }

    private static bool IsBent((double Along, double Beside, double Deviation)[] bins)
    {
        double[] deviations = Array.ConvertAll(bins, bin => bin.Deviation);
        Array.Sort(deviations);
        double least = Math.Max(LeastSpread * Median(deviations), LeastUnit);
        double[] units = Array.ConvertAll(bins, bin => Math.Max(bin.Deviation, least));
        double[] weights = Array.ConvertAll(units, unit => least / unit * (least / unit));
        double all = weights.Sum();
        double along = bins.Zip(weights, (bin, weight) => weight * bin.Along).Sum() / all;
        double beside = bins.Zip(weights, (bin, weight) => weight * bin.Beside).Sum() / all;
        double slope = bins.Zip(weights, (bin, weight) => weight * (bin.Along - along) * (bin.Beside - beside)).Sum()
            / bins.Zip(weights, (bin, weight) => weight * (bin.Along - along) * (bin.Along - along)).Sum();
        double[] bends = Array.ConvertAll(bins, bin => bin.Beside - beside - (slope * (bin.Along - along)));
        return MeanSquare(bends) > MinBend * MinBend && MeanSquare([.. bends.Zip(units, (bend, unit) => bend / unit)]) > 1;
    }

    /// <summary>The values less their median, in units of what half of the middle two thirds are wide; null if too few of them differ.</summary>
    private static double[]? Scaled(double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        int distinct = 1;
        for (int i = 1; i < sorted.Length; i++)
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        double median = Median(sorted);
        double unit = (sorted[sorted.Length * 5 / 6] / 2) - (sorted[sorted.Length / 6] / 2);
        return distinct >= MinDistinct && unit > 0 && double.IsFinite(unit) ? Array.ConvertAll(values, value => (value - median) / unit) : null;
    }

    /// <summary>The median of sorted values; of an even number the upper one.</summary>
    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static double Deviation(double[] sorted)
    {
        // Makes the median deviation of normal values their standard deviation.
        const double Normal = 1.4826;
        double median = Median(sorted);
        double[] deviations = Array.ConvertAll(sorted, value => Math.Abs(value - median));
        Array.Sort(deviations);
        return Normal * Median(deviations);
    }

    private static double MeanSquare(double[] values) => values.Sum(value => value * value) / values.Length;
}
