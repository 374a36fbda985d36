using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

public class IncompleteGammaTests
{
    // scipy.special.gammaincc(a, x), SciPy 1.10.1
    [Theory]
    [InlineData(0.5, 2, 0.04550026389635857)]
    [InlineData(90000, 90300, 0.15865480689705028)]
    [InlineData(100000.0, 100000.0, 0.4995794778896348)]
    [InlineData(100000.0, 99051.31670194949, 0.9986872301204008)]
    [InlineData(100000.0, 101581.1388300842, 3.2633789508069284e-07)]
    [InlineData(110000.0, 119949.8743710662, 5.37131579859002e-187)]
    [InlineData(1000000.0, 1001000.0, 0.15865521363165971)]
    [InlineData(1000000.0, 1036000.0, 1.5787804504253277e-277)]
    [InlineData(100000000.0, 100080000.0, 6.327903413122279e-16)]
    [InlineData(1000000000000.0, 999999000000.0, 0.8413447460685831)]
    [InlineData(1000000000000.0, 1000002000000.0, 0.02275018593911871)]
    [InlineData(120000, 200000, 0)]
    [InlineData(1e-12, 0.5, 5.59773594776454e-13)]
    [InlineData(1e-11, 3.0, 1.304838109444449e-13)]
    [InlineData(1e-19, 1e-19, 4.3171901101985335e-18)]
    public void Tails_agree_with_scipy(double a, double x, double upper)
    {
        Close(upper, IncompleteGamma.Upper(a, x));
    }

    [Theory]
    [InlineData(1e16)]
    [InlineData(1e25)]
    [InlineData(1e300)]
    public async Task A_shape_beyond_all_counting_is_a_step_at_its_mean(double a)
    {
        // A series of steps of one would go on for ever.
        double[] tails = await Task.Run<double[]>(() => [IncompleteGamma.Upper(a, a / 2), IncompleteGamma.Upper(a, a), IncompleteGamma.Upper(a, a * 2)]).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, tails[0]);
        Assert.Equal(0.5, tails[1], 1e-8);
        Assert.Equal(0, tails[2]);
    }

    [Fact]
    public void The_branches_meet()
    {
        foreach (double z in (double[])[-6, -1, -0.01, 0, 0.01, 1, 6, 20])
        {
            const double Below = 99999.99999;
            const double Above = 100000.00001;
            double left = IncompleteGamma.Upper(Below, Below + (z * Math.Sqrt(Below)));
            double right = IncompleteGamma.Upper(Above, Above + (z * Math.Sqrt(Above)));
            Assert.Equal(1, left / right, 2e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_shape_that_is_none_is_refused(double a)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(a), () => IncompleteGamma.Upper(a, 1));
    }

    [Fact]
    public void No_number_has_no_tail()
    {
        Assert.Throws<ArgumentOutOfRangeException>("x", () => IncompleteGamma.Upper(1, double.NaN));
    }

    private static void Close(double expected, double actual) => Assert.True(
        Math.Abs(actual - expected) <= 2e-9 * expected, $"{actual:R}, {expected:R} was expected");
}
