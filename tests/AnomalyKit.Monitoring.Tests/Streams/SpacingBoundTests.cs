using AnomalyKit.Monitoring.Martingales;

namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>The correction for a fixed reference sample.</summary>
public sealed class SpacingBoundTests
{
    [Fact]
    public void It_is_that_of_an_independent_implementation()
    {
        var sample = new ReferenceSample([.. Enumerable.Range(0, 100).Select(value => (double)value)]);
        Assert.Equal(StreamGolden.CorrectionLinear, new ReferenceBets(sample, [new LinearBet(0.5)], 0.005).Corrections[0], 1e-6);
        Assert.Equal(StreamGolden.CorrectionPower, new ReferenceBets(sample, [new PowerBet(0.5)], 0.001).Corrections[0], 1e-6);
    }

    [Fact]
    public void A_bet_that_stakes_nothing_needs_no_correction()
    {
        var sample = new ReferenceSample([1.0, 2, 3]);
        Assert.Equal(1, new ReferenceBets(sample, [new LinearBet(0)], 0.01).Corrections[0], 1e-6);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(400, false)]
    [InlineData(3000, false)]
    [InlineData(400, true)]
    public void No_more_samples_than_stated_let_a_bet_earn_more(int count, bool tied)
    {
        // For uniform values the mean payment of a cell is known: its width. Ties: rounded to tenths, each of known probability.
        const double Probability = 0.1;
        const int Samples = 800;
        Bet[] bets = [new LinearBet(0.5), new LinearBet(-0.9), new PowerBet(0.5), new PowerBet(0.2, mirrored: true)];
        var exceeded = new int[bets.Length];
        var random = new Random(count);
        for (int s = 0; s < Samples; s++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => tied ? Math.Ceiling(random.NextDouble() * 10) / 10 : random.NextDouble())];
            var sample = new ReferenceSample(values);
            for (int b = 0; b < bets.Length; b++)
            {
                var prepared = new ReferenceBets(sample, [bets[b]], Probability);
                double mean = tied ? MeanOfTenths(prepared) : MeanOfUniform(sample, prepared);
                if (mean > 1)
                    exceeded[b]++;
            }
        }

        // Three standard deviations above the level.
        Assert.All(exceeded, found => Assert.InRange(found, 0, (int)(Samples * (Probability + (3 * Math.Sqrt(Probability * (1 - Probability) / Samples))))));
        Assert.True(exceeded.Max() > 0, "The bound is so wide that nothing is tested.");
    }

    private static double MeanOfTenths(ReferenceBets bets) => Enumerable.Range(1, 10).Average(tenth => bets.For(tenth / 10.0)[0]);

    private static double MeanOfUniform(ReferenceSample sample, ReferenceBets bets)
    {
        double[] edges = [0, .. sample.Cells.Summary.Edges, 1];
        double mean = 0;
        for (int i = 1; i < edges.Length; i++)
            mean += (edges[i] - edges[i - 1]) * bets.For((edges[i] + edges[i - 1]) / 2)[0];
        return mean;
    }
}
