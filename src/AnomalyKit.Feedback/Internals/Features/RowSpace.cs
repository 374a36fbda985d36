using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Features;

/// <summary>The space in which answers are compared: the members' scores and the columns of a row, and the prior of its score. Fixed when a session starts.</summary>
internal sealed class RowSpace
{
    private const int PairCount = 4096;
    private const ulong PairStream = 1;

    private RowSpace(PriorMap prior, MemberFeatures members, ColumnFeatures columns, double reach)
    {
        Prior = prior;
        Members = members;
        Columns = columns;
        Reach = reach;
    }

    public PriorMap Prior { get; }

    public MemberFeatures Members { get; }

    public ColumnFeatures Columns { get; }

    /// <summary>The median distance of two rows: what near and far are measured by.</summary>
    public double Reach { get; }

    /// <summary>Features of a row: the members', then the columns'.</summary>
    public int FeatureCount => Members.Count + Columns.Count;

    /// <param name="rows">The session's rows.</param>
    /// <param name="schema">The columns as the base detector knows them: what is read from a file goes by it too.</param>
    /// <param name="sample">Some of them, in an order that does not depend on that of the rows.</param>
    /// <param name="sortedScores">The base detector's scores of all rows, ascending.</param>
    /// <param name="members">The members' values of all rows, row after row.</param>
    /// <param name="memberCount">The number of members.</param>
    /// <param name="expectedCount">How many anomalies are expected among all rows.</param>
    public static RowSpace Fit(
        FeatureMatrix rows, FeatureSchema schema, ReadOnlySpan<int> sample, ReadOnlySpan<float> sortedScores, ReadOnlySpan<float> members, int memberCount, double expectedCount)
    {
        var columns = ColumnFeatures.Fit(rows, schema, sample);
        return new RowSpace(
            PriorMap.Fit(sortedScores, expectedCount), MemberFeatures.Fit(members, memberCount), columns, MedianDistance(rows, sample, columns));
    }

    public void Apply(ReadOnlySpan<float> cells, ReadOnlySpan<float> members, Span<float> features)
    {
        Members.Apply(members, features[..Members.Count]);
        Columns.Apply(cells, features[Members.Count..]);
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("reach", Reach);
        Prior.WriteTo(writer.Scope("prior"));
        Members.WriteTo(writer.Scope("members"));
        Columns.WriteTo(writer.Scope("columns"));
    }

    public static RowSpace Read(ModelReader reader, FeatureSchema schema, int memberCount)
    {
        double reach = reader.GetDouble("reach");
        if (!(reach > 0 && double.IsFinite(reach)))
            throw ModelReader.FormatError(FormattableString.Invariant($"its reach is {reach}; a finite number above 0 was expected"));
        return new RowSpace(
            PriorMap.Read(reader.Scope("prior")), MemberFeatures.Read(reader.Scope("members"), memberCount), ColumnFeatures.Read(reader.Scope("columns"), schema), reach);
    }

    private static double MedianDistance(FeatureMatrix rows, ReadOnlySpan<int> sample, ColumnFeatures columns)
    {
        var random = new CounterRandom(0, PairStream);
        var one = new float[columns.Count];
        var other = new float[columns.Count];
        var distances = new float[PairCount];
        for (int i = 0; i < distances.Length; i++)
        {
            columns.Apply(rows.Cells(sample[random.NextInt32(sample.Length)]), one);
            columns.Apply(rows.Cells(sample[random.NextInt32(sample.Length)]), other);
            distances[i] = (float)RowDistance.Of(one, other, columns.IsCode);
        }

        double median = OrderStatistics.Quantile(distances, 0.5);
        if (median > 0)
            return median;
        double mean = distances.Average();
        return mean > 0 && double.IsFinite(mean) ? mean : 1;
    }
}
