using AnomalyKit.Monitoring.Statistics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>Statistics and p-values are SciPy's to 1e-9, relative, where SciPy has them.</summary>
public class ScipyAgreementTests
{
    private static readonly (double[] A, double[] B)[] Pairs =
    [
        (Sample(40, 37, 11, 5), [.. Sample(60, 37, 13, 300).Select(value => value + 1)]),
        (Sample(200, 17, 7, 1), [.. Sample(300, 29, 3, 2).Select(value => value + 2)]),
        (Sample(7, 1, 2, 3), Sample(9, 5, 1, 1)),
        ([.. Sample(80, 11, 5, 3).Select(Math.Floor)], [.. Sample(120, 13, 2, 9).Select(value => Math.Floor(value * 0.9))]),
        (Sample(500, 3, 1, 0), [.. Sample(500, 3, 1, 0).Select(value => value + 6)]),
    ];

    [Fact]
    public void Distances_of_samples()
    {
        for (int i = 0; i < Pairs.Length; i++)
        {
            var expected = ScipyGolden.Pairs[i];
            var steps = new TwoSteps(Sketch(Pairs[i].A), Sketch(Pairs[i].B));
            Close(expected.D, steps.Distance);
            Close(expected.P, Math.Exp(KolmogorovSmirnov.LogPValue(steps)));
            Close(expected.Wasserstein, steps.Area);
            Close(expected.Deviation, Monitoring.Windows.Spread.Of(Sketch(Pairs[i].A)));
            var (area, log) = RankSum.Test([.. Pairs[i].A, .. Pairs[i].B], [.. Pairs[i].A.Select(_ => false), .. Pairs[i].B.Select(_ => true)]);
            Close(ScipyGolden.Ranks[i].Area, area);
            Close(ScipyGolden.Ranks[i].P, Math.Exp(log));
        }
    }

    [Fact]
    public void The_limit_of_Kolmogorov()
    {
        foreach (var (lambda, p) in ScipyGolden.Kolmogorov)
            Close(p, Math.Exp(KolmogorovSmirnov.LogLimit(2, 2, lambda)));
        // SciPy #11184, #12999: path counts overflowed and clear differences got p = 1.
        Close(1.4432409903077046e-44, Math.Exp(KolmogorovSmirnov.LogLimit(3500, 4000, 0.165)));
        Close(0.03663105270711935, Math.Exp(KolmogorovSmirnov.LogLimit(1e6, 1e6, 0.002)));
    }

    [Fact]
    public void Tables_of_counts()
    {
        foreach (var table in ScipyGolden.Tables)
        {
            foreach (var (a, b) in (ReadOnlySpan<(double[], double[])>)[(table.A, table.B), (table.B, table.A)])
            {
                var (statistic, _, log, effect) = ChiSquared.Test(a, b);
                Close(table.Statistic, statistic);
                Close(table.P, Math.Exp(log));
                Close(table.V, effect);
                Close(table.JensenShannon, Divergence.JensenShannon(a, b));
            }
        }

        foreach (var (degrees, statistic, log) in ScipyGolden.ChiTails)
            Close(log, ChiSquared.LogTail(degrees, statistic), 1e-8);
    }

    [Fact]
    public void Small_tables_exactly()
    {
        foreach (var (hitsA, countA, hitsB, countB, p) in ScipyGolden.Fisher)
        {
            Close(p, Math.Exp(Proportions.LogExact(hitsA, countA, hitsB, countB)));
            Close(p, Math.Exp(Proportions.LogExact(hitsB, countB, hitsA, countA)));
        }
    }

    private static void Close(double expected, double actual, double tolerance = 1e-9) =>
        Assert.True(Math.Abs(expected - actual) <= Math.Max(1e-15, tolerance * Math.Abs(expected)), $"{actual:R} instead of {expected:R}.");

    private static QuantileSketch Sketch(double[] values)
    {
        var sketch = new QuantileSketch();
        sketch.Add(values);
        return sketch;
    }

    private static double[] Sample(int count, long a, long b, long c) => [.. Enumerable.Range(0, count).Select(i => ((((a * i * i) + (b * i) + c) % 997) / 64.0))];
}
