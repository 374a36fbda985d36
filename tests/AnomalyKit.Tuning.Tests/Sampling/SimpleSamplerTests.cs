using AnomalyKit.Tuning.Tests.Support;

namespace AnomalyKit.Tuning.Tests.Sampling;

/// <summary>Grid, random and Sobol.</summary>
public sealed class SimpleSamplerTests
{
    private static readonly SearchSpace Space = new(SearchDimension.Choice("kind", "a", "b"), SearchDimension.Integer("few", 1, 3), SearchDimension.Real("rate", 0.01, 100, isLogarithmic: true));

    [Fact]
    public void Samplers_have_names()
    {
        foreach (string name in SearchSamplers.Names)
            Assert.StartsWith(name, SearchSamplers.Parse(name.ToUpperInvariant(), 7).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new RandomSampler { Seed = 7 }.ToString(), SearchSamplers.Parse("random", 7).ToString());
        Assert.Contains("tpe, random, sobol, grid", Assert.Throws<FormatException>(() => SearchSamplers.Parse("bayes")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_goes_through_all_combinations_in_order_and_ends()
    {
        var grid = new GridSampler { PointsPerRange = 3 };
        Assert.Equal(18, grid.Count(Space));
        double[][] points = [.. Enumerable.Range(0, 18).Select(number => grid.Suggest(Space, [], SearchDirection.Maximize, number)!.Values.ToArray())];
        Assert.Equal(
            from kind in new[] { 0.0, 1 }
            from few in new[] { 1.0, 2, 3 }
            from rate in new[] { 0.01, 1, 100 }
            select new[] { kind, few, rate },
            points);
        Assert.Null(grid.Suggest(Space, [], SearchDirection.Maximize, 18));
        Assert.Null(grid.Suggest(Space, [], SearchDirection.Maximize, int.MaxValue));
    }

    [Fact]
    public void A_grid_of_many_dimensions_does_not_overflow()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, 64).Select(i => SearchDimension.Real($"x{i}", 0, 1))]);
        Assert.Equal(long.MaxValue, new GridSampler { PointsPerRange = 1000 }.Count(space));
        Assert.NotNull(new GridSampler { PointsPerRange = 1000 }.Suggest(space, [], SearchDirection.Maximize, int.MaxValue));
    }

    [Fact]
    public void The_Sobol_sequence_is_that_of_SciPy()
    {
        // SciPy counts in units of 2^-30.
        var points = Goldens.Sobol.GetProperty("points").EnumerateArray().Select((point, index) => (Index: (uint)index, point)).Append((Index: 999u, point: Goldens.Sobol.GetProperty("thousandth")));
        foreach (var (index, point) in points)
            Assert.Equal(point.Numbers(), Enumerable.Range(0, 64).Select(dimension => (double)(SobolSequence.Coordinate(index, dimension) >> 2)));
    }

    [Fact]
    public void Shifted_Sobol_points_fill_every_stretch_once()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, 64).Select(i => SearchDimension.Real($"x{i}", 0, 1))]);
        var points = Enumerable.Range(0, 64).Select(number => new SobolSampler { Seed = 5 }.Suggest(space, [], SearchDirection.Maximize, number)!.Values.ToArray()).ToList();
        for (int dimension = 0; dimension < 64; dimension++)
            Assert.Equal(Enumerable.Range(0, 64), points.Select(point => (int)(point[dimension] * 64)).Order());
        Assert.NotEqual(points[0], new SobolSampler { Seed = 6 }.Suggest(space, [], SearchDirection.Maximize, 0)!.Values.ToArray());
        var wide = new SearchSpace([.. Enumerable.Range(0, 65).Select(i => SearchDimension.Real($"x{i}", 0, 1))]);
        Assert.Contains("65", Assert.Throws<ArgumentException>(() => new SobolSampler().Suggest(wide, [], SearchDirection.Maximize, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_points_follow_from_seed_and_number()
    {
        SearchPoint Point(ulong seed, int number) => new RandomSampler { Seed = seed }.Suggest(Space, [], SearchDirection.Maximize, number);
        Assert.Equal(Point(7, 3), Point(7, 3));
        Assert.Equal(200, Enumerable.Range(0, 100).SelectMany(number => new[] { Point(7, number), Point(8, number) }).Distinct().Count());
        Assert.Equal(0.5, Enumerable.Range(0, 1000).Average(number => Point(7, number).Values[0]), 0.05);
        Assert.Equal(0, Enumerable.Range(0, 1000).Average(number => Math.Log10(Point(7, number).Values[2])), 0.15);
    }
}
