namespace AnomalyKit.Csv;

/// <summary>What doubles leave out of the middle half of a column: a few values far away (identifiers that are missing are often written as
/// 0) can hide that the others are blurred.</summary>
/// <param name="Error">The root mean square of what the doubles leave out.</param>
/// <param name="Deviation">The standard deviation of the numbers themselves.</param>
/// <param name="HasCollapse">Whether different numbers of the column, within the middle half or outside it, become the same double.</param>
internal readonly record struct MiddleHalf(double Error, double Deviation, bool HasCollapse)
{
    /// <summary>Whether more is left out than the deviation allows.</summary>
    public bool IsLost => HasCollapse && Deviation > 0 && Error > PrecisionMonitor.Tolerance * Deviation;

    /// <summary>Measures a column.</summary>
    /// <param name="values">The doubles, in any order; they are sorted.</param>
    /// <param name="rests">What the numbers are more than the doubles; sorted along.</param>
    public static MiddleHalf Measure(double[] values, double[] rests)
    {
        Array.Sort(values, rests);
        int start = values.Length / 4;
        int count = values.Length - (2 * start);
        if (count == 0)
            return default;
        double mean = 0;
        for (int i = start; i < start + count; i++)
            mean += Distance(i) / count;
        double squares = 0;
        double errors = 0;
        for (int i = start; i < start + count; i++)
        {
            squares += (Distance(i) - mean) * (Distance(i) - mean);
            errors += rests[i] * rests[i];
        }

        bool hasCollapse = false;
        for (int i = 1; i < values.Length; i++)
            hasCollapse |= values[i] == values[i - 1] && rests[i] != rests[i - 1];
        return new MiddleHalf(Math.Sqrt(errors / count), Math.Sqrt(squares / count), hasCollapse);

        double Distance(int i) => values[i] - values[start] + (rests[i] - rests[start]);
    }
}
