namespace AnomalyKit.EllipticEnvelope;

/// <summary>Robust location and scale of a column.</summary>
/// <remarks>R. A. Maronna, R. H. Zamar, <i>Robust estimates of location and dispersion for high-dimensional datasets</i>, Technometrics 44, 2002.</remarks>
internal static class RobustScale
{
    /// <summary>Median and τ-scale: a mean of squared deviations from a weighted mean, cut off at three robust spreads.</summary>
    public static (double Center, double Scale) Of(double[] values)
    {
        const double WeightCut = 4.5;
        const double Cut = 3;
        double[] scratch = [.. values];
        double median = Median(scratch);
        for (int i = 0; i < values.Length; i++)
            scratch[i] = Math.Abs(values[i] - median);
        double spread = Median(scratch);
        if (!(spread > 0))
        {
            double mean = values.Average();
            double variance = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
            return (median, Math.Sqrt(variance));
        }

        double weights = 0;
        double sum = 0;
        foreach (double value in values)
        {
            double u = (value - median) / (WeightCut * spread);
            double weight = Math.Max(0, 1 - (u * u));
            weight *= weight;
            weights += weight;
            sum += weight * value;
        }

        double center = sum / weights;
        double square = 0;
        foreach (double value in values)
        {
            double u = (value - center) / spread;
            square += Math.Min(u * u, Cut * Cut);
        }

        return (median, spread * Math.Sqrt(square / values.Length));
    }

    /// <summary>The median; the values are reordered.</summary>
    public static double Median(double[] values)
    {
        int middle = values.Length / 2;
        double upper = SmallestDistances.Select(values, middle);
        if (values.Length % 2 == 1)
            return upper;
        double lower = double.NegativeInfinity;
        for (int i = 0; i < middle; i++)
            lower = Math.Max(lower, values[i]);
        return lower + ((upper - lower) / 2);
    }
}
