namespace AnomalyKit.Csv;

/// <summary>Plans the offsets of all columns from the first rows.</summary>
internal static class OffsetPlanner
{
    private const int WholeFloats = 1 << 24;

    /// <summary>Chooses from the first rows.</summary>
    /// <param name="names">The names of the feature columns.</param>
    /// <param name="head">The first rows; there may be none.</param>
    /// <param name="schema">A schema whose offsets stand as they are, or nothing.</param>
    /// <param name="options">Offsets that are given, and whether others are chosen.</param>
    public static OffsetPlan Choose(string[] names, HeadRows head, FeatureSchema? schema, CsvOptions options)
    {
        var offsets = new double[names.Length];
        var centers = new double[names.Length];
        var centerRests = new double[names.Length];
        var middles = head.HasRests ? new MiddleHalf[names.Length] : null;
        var values = new double[head.Count];
        for (int column = 0; column < offsets.Length; column++)
        {
            head.CopyColumn(column, values);
            bool isConstant = values.AsSpan().IndexOfAnyExcept(values.Length > 0 ? values[0] : 0) < 0;
            centers[column] = isConstant ? values.FirstOrDefault() : Mean(values);
            centerRests[column] = isConstant && head.HasRests ? head.FirstRest(column) : 0;
            if (schema is not null)
            {
                offsets[column] = schema.ColumnOffsets[column];
            }
            else if (options.ColumnOffsets.TryGetValue(names[column], out double given))
            {
                offsets[column] = given;
            }
            else if (options.AutomaticOffsets && !Array.TrueForAll(values, value => value == (float)value && Math.Abs(value) < WholeFloats))
            {
                Array.Sort(values);
                offsets[column] = OffsetChoice.From(values);
            }

            if (middles is not null)
                middles[column] = Middle(head, column, values);
        }

        return new OffsetPlan(offsets, centers, centerRests, middles);
    }

    private static MiddleHalf Middle(HeadRows head, int column, double[] values)
    {
        var rests = new double[values.Length];
        head.CopyRests(column, rests);
        double largest = 0;
        foreach (double rest in rests)
            largest = Math.Max(largest, Math.Abs(rest));
        if (largest == 0)
            return default;
        Array.Sort(values);
        // The ends of the middle half are among it, so its deviation is this at least; in nearly every column far more.
        double least = (values[^((values.Length / 4) + 1)] - values[values.Length / 4]) / Math.Sqrt(2.0 * values.Length);
        if (largest <= PrecisionMonitor.Tolerance * least)
            return default;
        head.CopyColumn(column, values);
        return MiddleHalf.Measure(values, rests);
    }

    private static double Mean(double[] values)
    {
        double mean = 0;
        foreach (double value in values)
            mean += value / values.Length;
        return mean;
    }
}
