using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning.Tests;

public sealed class MetricIntervalTests
{
    [Fact]
    public void The_score_interval_is_that_of_the_textbook()
    {
        // Newcombe 1998, table I: 15 of 148, and 0 of 20.
        var (low, high) = MetricInterval.Wilson(15 / 148.0, 148);
        Assert.Equal((0.0624, 0.1605), (Math.Round(low, 4), Math.Round(high, 4)));
        (low, high) = MetricInterval.Wilson(0, 20);
        Assert.Equal((0, 0.1611), (Math.Round(low, 4), Math.Round(high, 4)));
    }

    /// <summary>Scores of two normal distributions: the average precision of very many rows is known, and intervals of few should hold it.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void Intervals_hold_the_value_of_many_rows(int anomalies)
    {
        const int Draws = 200;
        double truth = SearchMetric.AveragePrecision.Measure(Binormal(20_000, 1000).Labels, Binormal(20_000, 1000).Scores);
        int held = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            var estimate = MetricInterval.Of(SearchMetric.AveragePrecision, [Binormal(20 * anomalies, anomalies, (ulong)draw + 1)], 0);
            held += estimate.Low <= truth && truth <= estimate.High ? 1 : 0;
        }

        Assert.InRange(held / (double)Draws, 0.9, 1);
    }

    [Fact]
    public void Few_anomalies_make_a_wide_interval()
    {
        double Width(int anomalies)
        {
            var estimate = MetricInterval.Of(SearchMetric.AveragePrecision, [Binormal(1000, anomalies)], 0);
            return estimate.High - estimate.Low;
        }

        Assert.True(Width(4) > 0.5);
        Assert.True(Width(100) < 0.25);
    }

    [Fact]
    public void Metrics_that_are_no_fraction_are_drawn_anew()
    {
        var mean = SearchMetric.Of("mean", (_, scores) => scores.ToArray().Average(score => (double)score), SearchDirection.Minimize);
        var estimate = MetricInterval.Of(mean, [Binormal(1000, 100), Binormal(1000, 100, 7)], 3);

        Assert.Equal("bootstrap", estimate.IntervalMethod);
        Assert.Equal(200, estimate.AnomalyCount);
        Assert.Equal(2, estimate.FoldValues.Count);
        // Drawn within each class, so the spread is that of the scores within classes: 1.96 / √2000 to either side.
        Assert.Equal(2 * 1.96 / Math.Sqrt(2000), estimate.High - estimate.Low, 0.01);
        Assert.InRange(estimate.Value, estimate.Low, estimate.High);
        Assert.Equal(estimate.High, MetricInterval.Of(mean, [Binormal(1000, 100), Binormal(1000, 100, 7)], 3).High);
    }

    private static FoldScores Binormal(int rows, int anomalies, ulong seed = 0)
    {
        var random = new CounterRandom(seed, 11);
        bool[] labels = [.. Enumerable.Range(0, rows).Select(row => row < anomalies)];
        var scores = new float[rows];
        for (int row = 0; row < rows; row++)
            scores[row] = (float)(random.NextGaussian() + (labels[row] ? 2 : 0));
        return new FoldScores(labels, scores);
    }
}
