using FsCheck.Xunit;

namespace AnomalyKit.Monitoring.Tests.Streams;

public sealed class ReferenceSampleTests
{
    [Fact]
    public void P_values_are_those_of_the_definition()
    {
        var sample = new ReferenceSample([4.0, 1, 2]);
        Assert.Equal((1 + 0.5) / 4, sample.PValue(3, 0.5), 1e-15);
        // Equal to one: (1 greater + U · 2) / 4.
        Assert.Equal((1 + (0.5 * 2)) / 4, sample.PValue(2, 0.5), 1e-15);
        Assert.Equal(0.25, sample.PValue(double.PositiveInfinity, 1), 1e-15);
        Assert.Equal(1, sample.PValue(double.NegativeInfinity, 1), 1e-15);
        Assert.Equal(0.625, sample.Rank(3), 1e-15);
        Assert.Equal(0.5, sample.Rank(2), 1e-15);
    }

    [Property(MaxTest = 200)]
    public void A_small_sample_ranks_as_counting_does(byte[] bytes, byte probe)
    {
        double[] values = [.. bytes.Take(200).Select(value => (double)(value % 50)), 1, 2];
        var sample = new ReferenceSample(values);
        double value = (probe % 60) / 1.0;
        int greater = values.Count(other => other > value);
        int equal = values.Count(other => other == value);
        Assert.Equal((greater + (0.25 * (1 + equal))) / (values.Length + 1), sample.PValue(value, 0.25), 1e-12);
        Assert.Equal((values.Count(other => other < value) + ((equal + 1) / 2.0)) / (values.Length + 1), sample.Rank(value), 1e-12);
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(100_000, 0)]
    [InlineData(100_000, 40)]
    public void A_large_sample_ranks_within_its_intervals(int count, int levels)
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => levels == 0 ? random.NextDouble() : random.Next(levels))];
        var sample = new ReferenceSample(values);
        Assert.InRange(sample.EdgeCount, 200, ReferenceSample.MaxEdges);
        Array.Sort(values);
        for (int i = 0; i < 1000; i++)
        {
            double value = levels == 0 ? random.NextDouble() : random.Next(levels);
            double below = values.Count(other => other < value);
            double exact = (below + ((values.Count(other => other == value) + 1) / 2.0)) / (count + 1);
            // The widest interval holds 1 / 128 of the sample; tied values that are kept are exact.
            Assert.Equal(exact, sample.Rank(value), levels == 0 ? 1.0 / 128 : 1e-12);
        }
    }

    [Fact]
    public void Both_ends_of_a_large_sample_are_kept_value_by_value()
    {
        var sample = new ReferenceSample([.. Enumerable.Range(1, 100_000).Select(value => (double)value)]);
        Assert.Equal(100_000 / 100_001.0, sample.Rank(100_000), 1e-12);
        Assert.Equal(1 / 100_001.0, sample.Rank(1), 1e-12);
        Assert.Equal(1 / 100_001.0, sample.PValue(100_001, 1), 1e-12);
    }

    [Property(MaxTest = 100)]
    public void Ranks_rise_with_values(ulong seed)
    {
        var random = new Random((int)(seed % int.MaxValue));
        var sample = new ReferenceSample([.. Enumerable.Range(0, random.Next(2, 2000)).Select(_ => Math.Round(random.NextDouble(), random.Next(1, 6)))]);
        double[] probes = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble()).Order()];
        for (int i = 1; i < probes.Length; i++)
            Assert.True(sample.Rank(probes[i]) >= sample.Rank(probes[i - 1]));
    }

    [Fact]
    public void What_cannot_be_a_sample_is_refused()
    {
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => new ReferenceSample([1.0])).Message, StringComparison.Ordinal);
        Assert.Contains("Value 1 of the reference sample is NaN", Assert.Throws<ArgumentException>(() => new ReferenceSample([1.0, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ReferenceSample([1f, float.PositiveInfinity]));
    }

    [Fact]
    public void A_constant_sample_works()
    {
        var sample = new ReferenceSample(new double[1000]);
        Assert.Equal(0.5, sample.Rank(0), 1e-12);
        Assert.True(sample.Rank(0.1) > 0.99);
        Assert.True(sample.Rank(-0.1) < 0.01);
    }
}
