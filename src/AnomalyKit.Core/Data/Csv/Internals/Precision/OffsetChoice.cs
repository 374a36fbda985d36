namespace AnomalyKit.Csv;

/// <summary>Chooses the offset of a column from its first values.</summary>
internal static class OffsetChoice
{
    /// <summary>From here on float32 does not hold every whole number.</summary>
    private const double LargeWhole = 1 << 24;

    /// <summary>The offset for a column, 0 where float32 keeps it well enough.</summary>
    /// <param name="sorted">The column's first values in ascending order, at least one.</param>
    public static double From(ReadOnlySpan<double> sorted)
    {
        double median = sorted[(sorted.Length - 1) / 2];
        if (Math.Abs(median) > float.MaxValue)
            return 0;
        // A constant has no spread to lose yet. Large whole numbers are likely times or identifiers that will change; others keep their
        // looks.
        if (sorted[0] == sorted[^1])
            return Math.Abs(median) >= LargeWhole ? Math.Round(median) : 0;
        var (deviation, error) = Measure(sorted);
        double lost = error > PrecisionMonitor.Tolerance * deviation ? deviation : 0;
        // A few values far away can hide that the others are blurred, so the middle half has to keep its own spread.
        var (middleDeviation, middleError) = Measure(sorted[(sorted.Length / 4)..^(sorted.Length / 4)]);
        if (middleDeviation > 0 && middleError > PrecisionMonitor.Tolerance * middleDeviation)
            lost = middleDeviation;
        return lost > 0 && CanHelp(lost) ? Round(median, lost) : 0;
    }

    /// <summary>Whether float32 can hold such a spread around zero at all.</summary>
    public static bool CanHelp(double deviation) => deviation > 1e-37;

    /// <summary>A number of few digits near a center, so that float32 keeps the differences from it; a whole one down to deviations of
    /// 0.001, so that whole values stay exact.</summary>
    public static double Round(double center, double deviation)
    {
        // Powers of ten up to 22 are exact; beyond, the centre is good as it is.
        int exponent = (int)Math.Floor(Math.Log10(deviation));
        if (exponent is < 0 and >= -3)
            exponent = 0;
        if (Math.Abs(exponent) > 22)
            return center;
        double step = Math.Pow(10, Math.Abs(exponent));
        double rounded = exponent >= 0 ? Math.Round(center / step) * step : Math.Round(center * step) / step;
        return double.IsFinite(rounded) ? rounded : center;
    }

    private static (double Deviation, double Error) Measure(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double value in values)
            mean += (value - values[0]) / values.Length;
        mean += values[0];
        double squares = 0;
        double errors = 0;
        foreach (double value in values)
        {
            double error = value - (float)value;
            squares += (value - mean) * (value - mean);
            errors += error * error;
        }

        return (Math.Sqrt(squares / values.Length), Math.Sqrt(errors / values.Length));
    }
}
