namespace AnomalyKit.Monitoring.Windows;

/// <summary>The standard deviation of a sketch.</summary>
internal static class Spread
{
    /// <summary>What deviations are taken as at least, where something is divided by them.</summary>
    public const double Floor = 0.001;

    public static double Of(QuantileSketch sketch)
    {
        var values = sketch.KeptValues.Span;
        var counts = sketch.CumulativeCounts.Span;
        double mean = 0;
        for (int i = 0; i < values.Length; i++)
            mean += values[i] * Fraction(counts, i);
        // In units of the largest departure, so that no square is too large.
        double unit = 0;
        foreach (double value in values)
            unit = Math.Max(unit, Math.Min(double.MaxValue, Math.Abs(value - mean)));
        if (unit == 0)
            return 0;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += Math.Pow((values[i] / unit) - (mean / unit), 2) * Fraction(counts, i);
        return Math.Min(double.MaxValue, unit * Math.Sqrt(sum));
    }

    private static double Fraction(ReadOnlySpan<long> counts, int i) => (double)(counts[i] - (i == 0 ? 0 : counts[i - 1])) / counts[^1];
}
