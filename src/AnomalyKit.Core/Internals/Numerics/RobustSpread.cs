namespace AnomalyKit.Numerics;

/// <summary>Median and robust standard deviation.</summary>
internal static class RobustSpread
{
    /// <summary>
    /// The median, and 1.4826 times the median absolute deviation; where more than half of the values are equal, 1.2533 times the mean absolute deviation
    /// (B. Iglewicz, D. C. Hoaglin, <i>How to Detect and Handle Outliers</i>, 1993).
    /// </summary>
    /// <param name="values">At least one, none NaN; overwritten.</param>
    public static (double Median, double Spread) Of(Span<float> values)
    {
        double median = OrderStatistics.Quantile(values, 0.5);
        if (double.IsInfinity(median))
            return (median, 0);
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = Math.Abs(values[i] - median);
            sum += deviation;
            values[i] = (float)deviation;
        }

        double spread = 1.4826 * OrderStatistics.Quantile(values, 0.5);
        return (median, spread == 0 ? 1.2533 * sum / values.Length : spread);
    }
}
