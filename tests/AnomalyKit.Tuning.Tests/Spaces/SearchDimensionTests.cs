using FsCheck.Xunit;

namespace AnomalyKit.Tuning.Tests.Spaces;

/// <summary>Ranges and choices.</summary>
public sealed class SearchDimensionTests
{
    private static readonly string[] Names = ["real", "real-log", "real-step", "integer", "integer-log", "integer-step", "choice"];

    private static SearchDimension Of(string name) => name switch
    {
        "real" => SearchDimension.Real("x", -1e-3, 7.1),
        "real-log" => SearchDimension.Real("x", 1e-7, 1e5, isLogarithmic: true),
        "real-step" => SearchDimension.Real("x", 0.1, 1.05, step: 0.1),
        "integer" => SearchDimension.Integer("x", -3, 4),
        "integer-log" => SearchDimension.Integer("x", 1, 4096, isLogarithmic: true),
        "integer-step" => SearchDimension.Integer("x", 5, 23, step: 5),
        _ => SearchDimension.Choice("x", "one", "two", "three"),
    };

    [Property(MaxTest = 300)]
    public void Every_place_between_0_and_1_is_a_value(uint place)
    {
        double unit = place / (double)uint.MaxValue;
        Assert.All(Names, name =>
        {
            var dimension = Of(name);
            double value = dimension.FromUnit(unit);
            Assert.True(dimension.Contains(value), $"{dimension}: {value}");
            if (name != "choice")
                Assert.Equal(value, double.Parse(dimension.TextOf(value), System.Globalization.CultureInfo.InvariantCulture));
        });
    }

    [Theory]
    [InlineData("integer", 8)]
    [InlineData("integer-step", 4)]
    [InlineData("real-step", 10)]
    [InlineData("choice", 3)]
    public void Separate_values_are_equally_likely(string name, int count)
    {
        var dimension = Of(name);
        Assert.Equal(count, dimension.ValueCount);
        var drawn = Enumerable.Range(0, 24_000).Select(i => dimension.FromUnit((i + 0.5) / 24_000)).GroupBy(value => value).ToList();
        Assert.Equal(count, drawn.Count);
        Assert.All(drawn, group => Assert.Equal(24_000.0 / count, group.Count(), 2.0));
        Assert.Equal(drawn.Select(group => group.Key).Order(), dimension.Spread(100));
    }

    [Fact]
    public void Steps_are_counted_in_decimals()
    {
        var dimension = SearchDimension.Real("x", 0, 1, step: 0.1);
        Assert.Equal(["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"], dimension.Spread(11).Select(dimension.TextOf));
        Assert.Equal("x: real from 0.1 to 1, step 0.1", Of("real-step").ToString());
        Assert.Equal("x: integer from 5 to 20, step 5", Of("integer-step").ToString());
        Assert.Equal("x: integer from 1 to 4096, logarithmic", Of("integer-log").ToString());
        Assert.Equal("x: one of one | two | three", Of("choice").ToString());
    }

    [Fact]
    public void Long_ranges_are_spread_evenly_with_both_ends()
    {
        Assert.Equal([1, 8, 64, 512, 4096], Of("integer-log").Spread(5));
        Assert.Equal([1, 2], SearchDimension.Integer("x", 1, 2, isLogarithmic: true).Spread(5));
        Assert.Equal([0.0, 0.5, 1], SearchDimension.Real("x", 0, 1).Spread(3));
    }

    [Fact]
    public void What_cannot_be_searched_is_refused()
    {
        Func<SearchDimension>[] wrong =
        [
            () => SearchDimension.Real("x", 1, 1),
            () => SearchDimension.Real("x", 0, double.PositiveInfinity),
            () => SearchDimension.Real("x", double.NaN, 1),
            () => SearchDimension.Real("x", double.MinValue, double.MaxValue),
            () => SearchDimension.Real("x", 0, 1, isLogarithmic: true),
            () => SearchDimension.Real("x", 0, 1, step: -1),
            () => SearchDimension.Real("x", 0, 1, step: 2),
            () => SearchDimension.Real("x", 1, 9, isLogarithmic: true, step: 1),
            () => SearchDimension.Integer("x", 0, 9, isLogarithmic: true),
            () => SearchDimension.Integer("x", 5, 4),
            () => SearchDimension.Integer("x", 1, 9, step: 0),
        ];
        Assert.All(wrong, make => Assert.StartsWith("The range of x, from ", Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => SearchDimension.Choice("x", "one"));
        Assert.Throws<ArgumentException>(() => SearchDimension.Choice("x", "one", "one"));
        Assert.Throws<ArgumentException>(() => SearchDimension.Real(" ", 0, 1));
        Assert.Throws<ArgumentException>(() => new SearchSpace());
        Assert.Throws<ArgumentException>(() => new SearchSpace(Of("real"), Of("integer")));
    }
}
