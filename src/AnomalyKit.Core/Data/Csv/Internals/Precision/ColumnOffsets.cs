namespace AnomalyKit.Csv;

/// <summary>The offsets of all columns, and a typical value of each.</summary>
/// <param name="Offsets">What is subtracted before a value becomes float32.</param>
/// <param name="Centers">A value around which squares are summed: the mean of the first rows, or their value where they are all
/// equal.</param>
internal sealed record ColumnOffsets(double[] Offsets, double[] Centers)
{
    private const int WholeFloats = 1 << 24;

    /// <summary>Chooses from the first rows.</summary>
    /// <param name="names">The names of the feature columns.</param>
    /// <param name="rowCount">The number of first rows; may be 0.</param>
    /// <param name="copyColumn">Copies the first values of a column.</param>
    /// <param name="schema">A schema whose offsets stand as they are, or nothing.</param>
    /// <param name="options">Offsets that are given, and whether others are chosen.</param>
    public static ColumnOffsets Choose(
        string[] names, int rowCount, Action<int, double[]> copyColumn, FeatureSchema? schema, CsvOptions options)
    {
        var offsets = new double[names.Length];
        var centers = new double[names.Length];
        var values = new double[rowCount];
        for (int column = 0; column < offsets.Length; column++)
        {
            copyColumn(column, values);
            centers[column] = Center(values);
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
        }

        return new ColumnOffsets(offsets, centers);
    }

    private static double Center(double[] values)
    {
        if (values.Length == 0)
            return 0;
        double first = values[0];
        if (Array.TrueForAll(values, value => value == first))
            return first;
        double mean = 0;
        foreach (double value in values)
            mean += value / values.Length;
        return mean;
    }
}
