using AnomalyKit.Monitoring.State;
using System.Globalization;
using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.Reference;

/// <summary>Some of the order statistics of a sample, by rank.</summary>
/// <param name="Count">The size of the sample.</param>
/// <param name="Edges">The values, not falling.</param>
/// <param name="Ranks">Their ranks from 1, rising.</param>
/// <param name="Below">How many values of the sample are below each.</param>
/// <param name="Through">How many are at most each.</param>
internal sealed record OrderStatisticsSummary(long Count, double[] Edges, long[] Ranks, long[] Below, long[] Through)
{
    private const long MaxCount = 1L << 52;

    /// <summary>Summarises a sample.</summary>
    /// <param name="values">The sample; sorted in place.</param>
    /// <param name="max">How many values to keep at most.</param>
    public static OrderStatisticsSummary Of(double[] values, int max)
    {
        if (values.Length < 2)
            throw new ArgumentException($"A reference sample needs at least 2 values and got {values.Length}.", nameof(values));
        int invalid = Array.FindIndex(values, value => !double.IsFinite(value));
        if (invalid >= 0)
        {
            throw new ArgumentException(
                $"Value {invalid} of the reference sample is {values[invalid].ToString(CultureInfo.InvariantCulture)}; finite numbers are expected. Remove it.", nameof(values));
        }

        Array.Sort(values);
        long[] ranks = EdgeRanks.Choose(values.Length, max);
        double[] edges = [.. ranks.Select(rank => values[rank - 1])];
        return new OrderStatisticsSummary(
            values.Length,
            edges,
            ranks,
            [.. edges.Select(edge => (long)SortedSearch.CountBelow(values, edge))],
            [.. edges.Select(edge => (long)SortedSearch.CountThrough(values, edge))]);
    }

    public static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return wide;
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("count", Count);
        writer.Add<double>("edges", Edges);
        writer.Add<long>("ranks", Ranks);
        writer.Add<long>("below", Below);
        writer.Add<long>("through", Through);
    }

    public static OrderStatisticsSummary Read(ModelReader reader)
    {
        long count = MonitorState.GetCount(reader, "count");
        double[] edges = reader.GetDoubles("edges", -1);
        long[] ranks = reader.GetInt64s("ranks", edges.Length);
        long[] below = reader.GetInt64s("below", edges.Length);
        long[] through = reader.GetInt64s("through", edges.Length);
        if (count is < 2 or > MaxCount || edges.Length == 0 || edges.Length > ReferenceSample.MaxEdges)
            throw MonitorState.Error($"its reference sample of {count} values keeps {edges.Length} of them");
        for (int i = 0; i < edges.Length; i++)
        {
            bool first = i == 0;
            bool tied = !first && edges[i] == edges[i - 1];
            bool fits = ranks[i] > (first ? 0 : ranks[i - 1]) && ranks[i] <= count
                && below[i] >= 0 && below[i] < ranks[i] && through[i] >= ranks[i] && through[i] <= count
                && (first || (edges[i] >= edges[i - 1] && (tied ? below[i] == below[i - 1] && through[i] == through[i - 1] : below[i] >= through[i - 1])));
            if (!fits)
                throw MonitorState.Error($"value {i} of its reference sample does not fit its ranks");
        }

        return new OrderStatisticsSummary(count, edges, ranks, below, through);
    }
}
