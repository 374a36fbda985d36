namespace AnomalyKit.Monitoring.Tests.Streams;

public sealed class ConformalPValuesTests
{
    [Fact]
    public void The_value_itself_is_in_the_tie_term()
    {
        var pValues = new ConformalPValues();
        Assert.Equal(0.3, pValues.Next(1, 0.3));
        pValues.Next(2, 1);
        pValues.Next(4, 1);
        Assert.Equal(0.375, pValues.Next(3, 0.5));
        // Two equal ones before it: (1 greater + U · 3) / 7 after two more threes.
        pValues.Next(3, 0.5);
        Assert.Equal((1 + (0.5 * 3)) / 6, pValues.Next(3, 0.5));
    }

    [Fact]
    public void The_first_p_value_is_uniform_and_depends_on_the_seed()
    {
        double[] first = [.. Enumerable.Range(0, 2000).Select(seed => new ConformalPValues((ulong)seed).Next(7))];
        Assert.True(KolmogorovSmirnov(first) < 1.95 / Math.Sqrt(first.Length));
        Assert.Equal(2000, first.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(0)]
    public void P_values_of_exchangeable_values_are_uniform_and_uncorrelated_with_ties_and_without(int levels)
    {
        var random = new Random(3);
        var pValues = new ConformalPValues(11);
        double[] found = [.. Enumerable.Range(0, 10_000).Select(_ => pValues.Next(levels == 0 ? random.NextDouble() : random.Next(levels)))];
        // .001 of uniform samples exceed this.
        Assert.True(KolmogorovSmirnov(found) < 1.95 / Math.Sqrt(found.Length));
        double correlation = found.Zip(found.Skip(1), (first, second) => 12 * (first - 0.5) * (second - 0.5)).Average();
        Assert.True(Math.Abs(correlation) < 3.3 / Math.Sqrt(found.Length));
        Assert.All(found, p => Assert.True(p is > 0 and <= 1));
    }

    [Fact]
    public void They_are_those_of_the_definition()
    {
        double[] values = StreamData.Values(1, 400, 250, 0.15);
        double[] tieBreaks = StreamData.Values(2, 400);
        var pValues = new ConformalPValues();
        double[] found = [.. values.Zip(tieBreaks, (value, tieBreak) => pValues.Next(Math.Round(value, 2), tieBreak))];
        for (int i = 0; i < StreamGolden.ConformalHead.Length; i++)
            Assert.Equal(StreamGolden.ConformalHead[i], found[i], 1e-15);
    }

    [Fact]
    public void NaN_is_refused_and_changes_nothing()
    {
        var pValues = new ConformalPValues(1);
        var other = new ConformalPValues(1);
        pValues.Next(1);
        other.Next(1);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => pValues.Next(double.NaN));
        Assert.Contains("Value 1 of the stream is NaN", error.Message, StringComparison.Ordinal);
        Assert.Equal(other.Next(1), pValues.Next(1));
    }

    private static double KolmogorovSmirnov(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Index().Max(value => Math.Max(value.Item - ((double)value.Index / sorted.Length), ((value.Index + 1.0) / sorted.Length) - value.Item));
    }
}
