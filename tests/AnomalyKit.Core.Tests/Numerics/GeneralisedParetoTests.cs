using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

public class GeneralisedParetoTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 2)]
    [InlineData(0.8, 0.01)]
    [InlineData(-0.3, 5)]
    public void Shape_and_scale_are_found_again(double shape, double scale)
    {
        var random = new CounterRandom(11);
        var source = new GeneralisedPareto(shape, scale);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (float)(3 + source.Quantile(1 - random.NextDouble()))).Where(value => value > 3).Order()];
        var fitted = GeneralisedPareto.Fit(values, 3);
        // About four standard errors, (1 + ξ) / √n and √2 σ / √n.
        Assert.Equal(shape, fitted.Shape, 0.05);
        Assert.Equal(1, fitted.Scale / scale, 0.05);
    }

    // stats.genpareto.sf(x, c, scale=s) with SciPy 1.10.1
    [Theory]
    [InlineData(2, 0.25, 1.5, 0.31640625)]
    [InlineData(2, 0, 1.5, 0.263597138115727)]
    [InlineData(2, -0.5, 1.5, 0.1111111111111111)]
    [InlineData(4, -0.5, 1.5, 0)]
    public void Tails_agree_with_scipy(double excess, double shape, double scale, double expected)
    {
        Assert.Equal(expected, GeneralisedPareto.Tail(excess, shape, scale), 1e-12);
        if (expected > 0)
            Assert.Equal(excess, new GeneralisedPareto(shape, scale).Quantile(expected), 1e-9);
    }

    [Fact]
    public void Few_or_equal_values_have_a_defined_fit()
    {
        Assert.Equal(0, GeneralisedPareto.Fit([], 1).Scale);
        foreach (float[] values in (float[][])[[2], [2, 2], [2, 2, 2, 2, 2, 2, 2, 2], [1.0000001f, 1e30f]])
        {
            var fitted = GeneralisedPareto.Fit(values, 1);
            Assert.True(fitted.Scale > 0 && double.IsFinite(fitted.Scale) && double.IsFinite(fitted.Shape), $"{string.Join(' ', values)}: {fitted}");
        }
    }
}
