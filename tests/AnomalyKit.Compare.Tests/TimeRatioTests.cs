namespace AnomalyKit.Compare.Tests;

public sealed class TimeRatioTests
{
    // Python, SciPy 1.10: scipy.stats.t.ppf(1 - p / 2, df).
    [Theory]
    [InlineData(0.05, 1, 12.706204736432095)]
    [InlineData(0.05, 4, 2.7764451051977987)]
    [InlineData(0.05, 100, 1.9839715184496334)]
    [InlineData(0.01, 8, 3.3553873313333957)]
    [InlineData(0.001, 2, 31.599054577041514)]
    public void Quantiles_are_those_of_the_tables(double probability, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.TwoSidedQuantile(probability, degrees), expected * 1e-9);

    [Fact]
    public void The_interval_is_Welch_s()
    {
        // Logarithms 0, 1, 2 and 2, 4: means 1 and 3; squared errors 1/3 and 1; degrees (4/3)² / ((1/9)/2 + 1/1) = 32/19.
        BenchmarkRun[] before = [Run(1), Run(Math.E), Run(Math.Exp(2))];
        BenchmarkRun[] after = [Run(Math.Exp(2)), Run(Math.Exp(4))];
        var ratio = TimeRatio.Of(before, after, 0.05);
        Assert.True(ratio.BetweenRuns);
        Assert.Equal(Math.Exp(2), ratio.Ratio, 1e-9);
        Assert.Equal(StudentT.TwoSidedQuantile(0.05, 32.0 / 19) * Math.Sqrt(4.0 / 3), ratio.Noise, 1e-9);
    }

    [Fact]
    public void A_single_iteration_says_nothing_about_noise()
    {
        var ratio = TimeRatio.Of([Run(1)], [Run(100)], 0.05);
        Assert.Equal(100, ratio.Ratio, 1e-9);
        Assert.Equal(double.PositiveInfinity, ratio.Noise);
        Assert.Equal(0, ratio.Low);
    }

    /// <summary>The promise itself: where nothing changed, the chance of any false alarm among all benchmarks is at most the stated one.</summary>
    [Fact]
    public void False_alarms_are_as_rare_as_stated()
    {
        const int Trials = 2000;
        const int Benchmarks = 10;
        const double ErrorRate = 0.05;
        var random = new Random(7);
        int alarms = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            bool any = false;
            for (int benchmark = 0; benchmark < Benchmarks; benchmark++)
            {
                double scatter = 0.01 + (0.2 * random.NextDouble());
                var ratio = TimeRatio.Of(Draw(random, scatter), Draw(random, scatter), ErrorRate / Benchmarks);
                any |= ratio.Low > 1 || ratio.High < 1;
            }

            alarms += any ? 1 : 0;
        }

        // Three standard errors of a share of 0.05 in 2,000 trials are 0.015.
        Assert.InRange(alarms / (double)Trials, 0.02, ErrorRate + 0.015);
    }

    private static BenchmarkRun[] Draw(Random random, double scatter) =>
        [.. Enumerable.Range(0, 5).Select(_ => Run(Math.Exp(scatter * Gauss(random))))];

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static BenchmarkRun Run(double time) => new([time], 0, 1);
}
