using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>No rank is off by more than the sketch says of itself, in whatever order values come and parts are merged.</summary>
public class SketchErrorTests
{
    private const int Count = 200_000;

    public static TheoryData<string> Streams => ["normal", "ascending", "descending", "zigzag", "few values", "heavy tail", "two blocks"];

    [Theory]
    [MemberData(nameof(Streams))]
    public void One_pass_keeps_the_bound(string stream)
    {
        double[] values = Values(stream);
        for (ulong seed = 0; seed < 5; seed++)
        {
            var sketch = new QuantileSketch(capacity: 256, seed);
            sketch.Add(values);
            AssertWithin(sketch, values);
            Assert.InRange(sketch.RankError, 1e-6, 0.06);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Merges_keep_the_bound_in_any_order_and_grouping(string stream)
    {
        double[] values = Values(stream);
        var parts = new List<QuantileSketch>();
        // Parts of very different size, some of one seed.
        for (int start = 0, i = 0; start < values.Length; i++)
        {
            int length = Math.Min(values.Length - start, 1 + (i * i * 97 % 40_000));
            var part = new QuantileSketch(capacity: 256, seed: (ulong)(i % 7));
            part.Add(values.AsSpan(start, length));
            parts.Add(part);
            start += length;
        }

        var forward = parts[0].Copy();
        foreach (var part in parts.Skip(1))
            forward.Merge(part);
        var backward = parts[^1].Copy();
        foreach (var part in Enumerable.Reverse(parts).Skip(1))
            backward.Merge(part);
        var queue = new Queue<QuantileSketch>(parts.Select(part => part.Copy()));
        while (queue.Count > 1)
        {
            var pair = queue.Dequeue();
            pair.Merge(queue.Dequeue());
            queue.Enqueue(pair);
        }

        foreach (var merged in (QuantileSketch[])[forward, backward, queue.Dequeue()])
            AssertWithin(merged, values);
    }

    [Fact]
    public void Merged_all_at_once_it_is_the_same_sketch_in_any_order()
    {
        double[] values = Values("normal");
        QuantileSketch[] parts = [.. Enumerable.Range(0, 9).Select(i =>
        {
            var part = new QuantileSketch(capacity: 128, seed: 3);
            part.Add(values.AsSpan(i * 20_000, 20_000 - i));
            return part;
        })];
        var expected = QuantileSketch.Merge(parts);
        var random = new CounterRandom(8);
        for (int round = 0; round < 5; round++)
        {
            QuantileSketch[] shuffled = [.. parts.OrderBy(_ => random.NextUInt32())];
            Assert.Equal(expected, QuantileSketch.Merge(shuffled));
        }

        Assert.Equal(parts.Sum(part => part.Count), expected.Count);
    }

    [Fact]
    public void A_sketch_merges_with_itself()
    {
        double[] values = Values("normal");
        var sketch = new QuantileSketch(capacity: 256);
        sketch.Add(values);
        sketch.Merge(sketch);
        Assert.Equal(2 * Count, sketch.Count);
        AssertWithin(sketch, [.. values, .. values]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(767)]
    [InlineData(768)]
    [InlineData(769)]
    [InlineData(12_345)]
    [InlineData(65_536)]
    [InlineData(100_001)]
    public void A_sketch_of_sorted_values_is_within_half_a_run(int count)
    {
        double[] values = [.. Values("normal").Take(count).Order()];
        var sketch = QuantileSketch.OfSorted(values, 768);
        Assert.Equal(count, sketch.CumulativeCounts.Span[^1]);
        Assert.True(sketch.RankError <= 1.0 / 768);
        AssertWithin(sketch, values);
        Assert.Equal(count <= 768 ? 0 : count == 65_536 ? 1.0 / 1024 : sketch.RankError, sketch.RankError);
        Assert.True(sketch.KeptValues.Length <= 768 + 10);
    }

    [Fact]
    public void The_default_is_near_what_its_documentation_says()
    {
        double[] values = [.. Enumerable.Range(0, 5).SelectMany(_ => Values("normal"))];
        var sketch = new QuantileSketch();
        sketch.Add(values);
        Assert.InRange(sketch.RankError, 0.001, 0.005);
        AssertWithin(sketch, values);
    }

    /// <summary>Looks at every kept value, on both sides of it.</summary>
    private static void AssertWithin(QuantileSketch sketch, double[] values)
    {
        double[] sorted = [.. values.Order()];
        Assert.Equal(values.Length, sketch.Count);
        Assert.Equal((sorted[0], sorted[^1]), (sketch.Minimum, sketch.Maximum));
        double most = 0;
        foreach (double value in sketch.KeptValues.Span)
        {
            most = Math.Max(most, Math.Abs(sketch.Rank(value) - ((double)CountUpTo(sorted, value, true) / sorted.Length)));
            most = Math.Max(most, Math.Abs(sketch.Rank(value, false) - ((double)CountUpTo(sorted, value, false) / sorted.Length)));
        }

        Assert.True(most <= sketch.RankError + 1e-12, $"A rank is off by {most}; the sketch says {sketch.RankError}.");
        for (double fraction = 0; fraction <= 1; fraction += 1.0 / 64)
        {
            double value = sketch.Quantile(fraction);
            double below = (double)CountUpTo(sorted, value, false) / sorted.Length;
            double upTo = (double)CountUpTo(sorted, value, true) / sorted.Length;
            Assert.True(below - sketch.RankError <= fraction + 1e-12 && fraction <= upTo + sketch.RankError + 1e-12, $"The quantile {fraction} has the rank {below} to {upTo}.");
        }
    }

    private static int CountUpTo(double[] sorted, double value, bool isInclusive)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value || (isInclusive && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static double[] Values(string stream)
    {
        double[] normal = QuantileSketchTests.Normal(Count, 9);
        return stream switch
        {
            "ascending" => [.. normal.Order()],
            "descending" => [.. normal.OrderDescending()],
            "zigzag" => [.. Enumerable.Range(0, Count).Select(i => i % 2 == 0 ? i : (double)-i)],
            "few values" => [.. normal.Select(value => Math.Round(value))],
            "heavy tail" => [.. normal.Select(value => Math.Exp(20 * value))],
            "two blocks" => [.. normal.Select((value, i) => i < Count / 2 ? value : value + 100)],
            _ => normal,
        };
    }
}
