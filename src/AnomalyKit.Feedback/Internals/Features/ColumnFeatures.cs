using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Features;

/// <summary>Brings columns to comparable sizes: less the median, over the middle spread, and logarithmic far out. Codes of categories stay codes; a missing number is as the median.</summary>
internal sealed class ColumnFeatures
{
    // Cells beyond this many spreads count by their logarithm.
    private const double Bend = 3;

    // The middle half of a normal distribution is this many standard deviations wide.
    private const double NormalMiddle = 1.3489795003921634;

    private readonly double[] _centers;
    private readonly double[] _spreads;
    private readonly bool[] _isCode;

    private ColumnFeatures(double[] centers, double[] spreads, bool[] isCode)
    {
        _centers = centers;
        _spreads = spreads;
        _isCode = isCode;
    }

    public int Count => _centers.Length;

    public ReadOnlySpan<bool> IsCode => _isCode;

    /// <summary>Looks at some rows of a matrix, which may say less about its columns than the schema of the detector does.</summary>
    public static ColumnFeatures Fit(FeatureMatrix rows, FeatureSchema schema, ReadOnlySpan<int> sample)
    {
        int columns = rows.ColumnCount;
        var centers = new double[columns];
        var spreads = new double[columns];
        var values = new float[sample.Length];
        for (int column = 0; column < columns; column++)
        {
            int count = 0;
            foreach (int row in sample)
            {
                float cell = rows.Cells(row)[column];
                if (float.IsFinite(cell))
                    values[count++] = cell;
            }

            (centers[column], spreads[column]) = count == 0 ? (0, 1) : Middle(values.AsSpan(0, count));
        }

        return new ColumnFeatures(centers, spreads, CodesOf(schema));
    }

    public void Apply(ReadOnlySpan<float> cells, Span<float> features)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            float cell = cells[column];
            features[column] = _isCode[column] ? float.IsNaN(cell) ? -1 : cell
                : float.IsNaN(cell) ? 0
                : (float)Squash((cell - _centers[column]) / _spreads[column], Bend);
        }
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Add<double>("centers", _centers);
        writer.Add<double>("spreads", _spreads);
    }

    public static ColumnFeatures Read(ModelReader reader, FeatureSchema schema)
    {
        double[] spreads = reader.GetDoubles("spreads", schema.ColumnCount);
        if (!spreads.All(Spread.IsUsable))
            throw ModelReader.FormatError("a spread of its columns is next to nothing or infinite");
        return new ColumnFeatures(reader.GetDoubles("centers", schema.ColumnCount), spreads, CodesOf(schema));
    }

    public static double Squash(double value, double bend) => Math.CopySign(bend * Math.Log(1 + (Math.Abs(value) / bend)), value);

    private static (double Center, double Spread) Middle(Span<float> values)
    {
        double center = OrderStatistics.Quantile(values, 0.5);
        double middle = (OrderStatistics.Quantile(values, 0.75) - OrderStatistics.Quantile(values, 0.25)) / NormalMiddle;
        // The order is that of the selection, and so of the values alone.
        values.Sort();
        double squares = 0;
        foreach (float value in values)
            squares += (value - center) * (value - center);
        double deviation = Math.Sqrt(squares / values.Length);
        double spread = middle > 1e-9 * deviation ? middle : deviation;
        return (center, Spread.IsUsable(spread) ? spread : 1);
    }

    private static bool[] CodesOf(FeatureSchema schema)
    {
        var isCode = new bool[schema.ColumnCount];
        for (int column = 0; column < isCode.Length; column++)
            isCode[column] = schema.LevelCounts[column] > 0;
        return isCode;
    }
}
