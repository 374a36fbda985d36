using AnomalyKit.Benchmarks.Scaling;

namespace AnomalyKit.Compare.Tests;

public sealed class PowerLawTests
{
    [Theory]
    [InlineData(1, 1e-6)]
    [InlineData(1.7, 3e-9)]
    [InlineData(0, 0.2)]
    public void A_power_law_is_found_again(double exponent, double factor)
    {
        var law = PowerLaw.Fit([.. ((int[])[1_000, 31_623, 100_000, 1_000_000]).Select(rows => (rows, factor * Math.Pow(rows, exponent)))]);
        Assert.Equal(exponent, law.Exponent, 1e-9);
        Assert.Equal(factor, law.Factor, factor * 1e-6);
    }

    [Fact]
    public void The_fit_is_that_of_least_squares()
    {
        // Logarithms (0, 0), (1, 2), (2, 1): slope 1/2, intercept 1/2.
        var law = PowerLaw.Fit([(1, 1), (10, 100), (100, 10)]);
        Assert.Equal(0.5, law.Exponent, 1e-12);
        Assert.Equal(Math.Sqrt(10), law.Factor, 1e-9);
    }

    [Fact]
    public void A_single_point_has_no_exponent() => Assert.True(double.IsNaN(PowerLaw.Fit([(1000, 1)]).Exponent));
}
