using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Features;

/// <summary>Brings members' scores to comparable sizes: less the median, over the distance from there to the highest hundredth, and logarithmic far out.</summary>
internal sealed class MemberFeatures
{
    private const double Bend = 3;
    private const double Tail = 0.99;

    private readonly double[] _centers;
    private readonly double[] _spreads;

    private MemberFeatures(double[] centers, double[] spreads)
    {
        _centers = centers;
        _spreads = spreads;
    }

    public int Count => _centers.Length;

    /// <param name="members">Row after row, one value per member.</param>
    /// <param name="count">The number of members.</param>
    public static MemberFeatures Fit(ReadOnlySpan<float> members, int count)
    {
        var centers = new double[count];
        var spreads = new double[count];
        var values = new float[members.Length / count];
        for (int m = 0; m < count; m++)
        {
            for (int row = 0; row < values.Length; row++)
                values[row] = members[(row * count) + m];
            centers[m] = OrderStatistics.Quantile(values, 0.5);
            double spread = OrderStatistics.Quantile(values, Tail) - centers[m];
            spreads[m] = Spread.IsUsable(spread) ? spread : 1;
        }

        return new MemberFeatures(centers, spreads);
    }

    public void Apply(ReadOnlySpan<float> members, Span<float> features)
    {
        for (int m = 0; m < members.Length; m++)
            features[m] = Of(m, members[m]);
    }

    public float Of(int member, float value) => (float)ColumnFeatures.Squash((value - _centers[member]) / _spreads[member], Bend);

    public void WriteTo(ModelWriter writer)
    {
        writer.Add<double>("centers", _centers);
        writer.Add<double>("spreads", _spreads);
    }

    public static MemberFeatures Read(ModelReader reader, int count)
    {
        double[] spreads = reader.GetDoubles("spreads", count);
        if (!spreads.All(Spread.IsUsable))
            throw ModelReader.FormatError("a spread of its members is next to nothing or infinite");
        return new MemberFeatures(reader.GetDoubles("centers", count), spreads);
    }
}
