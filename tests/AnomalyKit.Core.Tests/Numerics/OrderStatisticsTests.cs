using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Numerics;

public class OrderStatisticsTests
{
    [Property(MaxTest = 300)]
    public bool Select_puts_the_value_of_the_rank_where_sorting_would(float[] values, ushort rank)
    {
        values = [.. (values ?? []).Where(value => !float.IsNaN(value)), 1];
        return AgreesWithSorting(values, rank % values.Length);
    }

    [Property(MaxTest = 100)]
    public bool Select_copes_with_many_equal_values(int seed, ushort length, byte distinct)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, 1 + (length % 3000)).Select(_ => (float)random.Next(1 + (distinct % 5)))];
        return AgreesWithSorting(values, random.Next(values.Length));
    }

    [Theory]
    [InlineData(20_000)]
    public void Select_is_fast_on_orders_that_spoil_naive_pivots(int length)
    {
        float[][] orders =
        [
            [.. Enumerable.Range(0, length).Select(i => (float)i)],
            [.. Enumerable.Range(0, length).Select(i => (float)-i)],
            [.. Enumerable.Range(0, length).Select(i => (float)Math.Min(i, length - i))],
            [.. Enumerable.Range(0, length).Select(i => (float)(i % 2 == 0 ? i : -i))],
            new float[length],
        ];
        foreach (float[] order in orders)
        {
            foreach (int rank in (int[])[0, 1, length / 2, length - 2, length - 1])
                Assert.True(AgreesWithSorting([.. order], rank));
        }
    }

    [Property(MaxTest = 200)]
    public bool Quantile_interpolates_between_sorted_neighbours(float[] values, ushort share)
    {
        values = [.. (values ?? []).Where(float.IsFinite), 1];
        double probability = share / 65535.0;
        float[] sorted = [.. values.Order()];
        double position = probability * (sorted.Length - 1);
        int below = (int)position;
        double expected = sorted[below] + ((position - below) * ((double)sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
        return OrderStatistics.Quantile(values, probability) == expected;
    }

    [Fact]
    public void What_cannot_be_selected_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Select([1f, 2f], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Select([1f, 2f], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Select([], 0));
        Assert.Throws<ArgumentException>(() => OrderStatistics.Quantile([], 0.5));
        foreach (double bad in (double[])[-0.1, 1.1, double.NaN])
            Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Quantile([1f], bad));
    }

    private static bool AgreesWithSorting(float[] values, int rank)
    {
        float[] sorted = [.. values.Order()];
        float selected = OrderStatistics.Select(values, rank);
        return selected == sorted[rank] && values[rank] == selected
            && values[..rank].All(value => value <= selected)
            && values[rank..].All(value => value >= selected)
            && values.Order().SequenceEqual(sorted);
    }
}
