using AnomalyKit.Charts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>Thresholds to try, against counting one by one.</summary>
public sealed class ThresholdTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(300, 1000)]
    [InlineData(300, 12)]
    public void The_nearest_and_the_cheapest_threshold_are_those_of_all(int rows, int levels)
    {
        var random = new Random(rows + levels);
        float[] scores = [.. Enumerable.Range(0, rows).Select(_ => random.Next(levels) / (float)levels)];
        bool[] labels = [.. scores.Select(score => random.NextDouble() < score / 3)];
        var counts = new ThresholdCounts(scores, labels);
        ThresholdPoint[] all = [.. scores.Append(scores.Min() - 1).Distinct().Select(threshold => new ThresholdPoint(threshold, scores.Count(score => score > threshold), scores.Where((score, row) => score > threshold && labels[row]).Count()))];
        for (int alerts = -1; alerts <= rows + 1; alerts++)
        {
            var nearest = counts.Nearest(alerts);
            Assert.Equal(all.Min(point => Math.Abs(point.Alerts - Math.Clamp(alerts, 0, rows))), Math.Abs(nearest.Alerts - Math.Clamp(alerts, 0, rows)));
            Assert.Equal(nearest, counts.At(nearest.Threshold));
            Assert.Contains(all, point => point.Alerts == nearest.Alerts && point.Caught == nearest.Caught);
        }

        foreach (var (missed, alarm) in ((double, double)[])[(100, 5), (1, 0), (0, 1), (1, 1), (7, 2.5), (0, 0)])
        {
            double Cost(ThresholdPoint point) => ((labels.Count(label => label) - point.Caught) * missed) + ((point.Alerts - point.Caught) * alarm);
            var cheapest = counts.Cheapest(missed, alarm);
            Assert.Equal(all.Min(Cost), Cost(cheapest));
            Assert.Equal(all.Where(point => Cost(point) == all.Min(Cost)).Min(point => point.Alerts), cheapest.Alerts);
        }
    }

    [Fact]
    public void The_slider_goes_from_no_alert_to_all_rows()
    {
        float[] scores = [.. Enumerable.Range(0, 5000).Select(row => row / 5000f)];
        var points = ThresholdPoints.Of(scores, new bool[5000], 0.99).Points;
        Assert.Equal(0, points[0].Alerts);
        Assert.Equal(5000, points[^1].Alerts);
        Assert.True(points[^1].Threshold < scores[0]);
        Assert.InRange(points.Count, 100, 200);
    }

    [Fact]
    public void A_count_between_the_steps_of_the_slider_is_exact() =>
        Assert.Equal(4321, new ThresholdCounts([.. Enumerable.Range(0, 5000).Select(row => row / 5000f)], new bool[5000]).Nearest(4321).Alerts);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Days_of_a_labeled_table_are_a_number_above_0(double days) =>
        Assert.Contains("days", Failure(options => options.LabeledTables["a"] = new LabeledTableFile("a.csv", "label", days)), StringComparison.Ordinal);

    [Theory]
    [InlineData("dash.example.org")]
    [InlineData("https://dash.example.org/path")]
    [InlineData("ftp://dash.example.org")]
    public void An_allowed_origin_is_scheme_and_host(string origin) => Assert.Contains("AllowedOrigins", Failure(options => options.AllowedOrigins.Add(origin)), StringComparison.Ordinal);

    private static string Failure(Action<AnomalyDashboardOptions> configure)
    {
        using var services = new ServiceCollection().AddLogging().AddAnomalyDashboard(configure).BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AnomalyDashboardOptions>>().Value).Message;
    }
}
