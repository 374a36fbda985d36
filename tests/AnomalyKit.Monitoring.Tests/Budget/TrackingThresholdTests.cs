using AnomalyKit.Monitoring.Budgets;
using AnomalyKit.Monitoring.Tests.Streams;
using FsCheck.Xunit;

namespace AnomalyKit.Monitoring.Tests.Budget;

public sealed class TrackingThresholdTests
{
    [Property(MaxTest = 100)]
    public void The_bound_holds_for_every_sequence_from_any_row_on(ulong seed, byte kind)
    {
        var random = new Random((int)(seed % int.MaxValue));
        double fraction = Math.Pow(10, -3 * random.NextDouble()) / 2;
        var threshold = new TrackingThreshold(fraction, new ReferenceSample(StreamData.Values(1, 300))) { WindowLength = 300, StepSize = 0.01 * Math.Pow(200, random.NextDouble()) };
        var budget = new AlertBudget(threshold);
        double most = 0;
        double least = 0;
        double balance = 0;
        for (int row = 0; row < 5000; row++)
        {
            double score = (kind % 6) switch
            {
                0 => random.NextDouble(),
                1 => 1e9,
                2 => -1e9,
                3 => Math.Pow(10, row / 100.0),
                // The adversary knows the threshold: half of the time it goes just over or just under.
                4 => row / 1000 % 2 == 0 ? Math.Max(-1e12, Math.Min(1e12, budget.Threshold.Value)) + 1 : Math.Max(-1e12, budget.Threshold.Value) - 1,
                _ => row % 7 == 0 ? double.PositiveInfinity : double.NegativeInfinity,
            };
            balance += (budget.Decide(score) == AlertDecision.Alert ? 1 : 0) - fraction;
            // Any stretch of rows is a difference of two balances.
            (most, least) = (Math.Max(most, balance), Math.Min(least, balance));
        }

        Assert.InRange(most - least, 0, threshold.MaxDeviation + 1e-6);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.001)]
    public void The_share_is_met_through_changes_of_any_unit(double fraction)
    {
        var budget = new AlertBudget(new TrackingThreshold(fraction, new ReferenceSample(StreamData.Values(1, 5000))));
        int rows = 0;
        foreach (double unit in new[] { 1, 1e6, 1e-6, 1 })
        {
            double[] values = StreamData.Values((ulong)(unit * 1e6), 50_000);
            foreach (double value in values)
            {
                budget.Decide((value * unit) - unit);
                rows++;
                if (rows * fraction > 1000)
                    Assert.InRange(budget.AlertFraction, fraction * 0.95, fraction * 1.05);
            }
        }
    }

    [Fact]
    public void The_highest_scores_become_alerts()
    {
        double[] values = StreamData.Values(5, 100_000);
        var budget = new AlertBudget(new TrackingThreshold(0.01, new ReferenceSample(StreamData.Values(1, 5000))));
        double cut = values.Order().ElementAt(99_000);
        int hits = values.Count(value => budget.Decide(value) == AlertDecision.Alert && value > cut);
        Assert.InRange(budget.AlertCount, 958, 1042);
        Assert.InRange(hits, 750, 1000);
    }

    [Fact]
    public void With_a_least_score_quiet_days_have_no_alerts_and_the_burst_is_bounded()
    {
        var threshold = new TrackingThreshold(0.01, new ReferenceSample(StreamData.Values(1, 5000))) { MinScore = 2 };
        var budget = new AlertBudget(threshold);
        foreach (double value in StreamData.Values(5, 100_000))
            Assert.Equal(AlertDecision.None, budget.Decide(value));
        foreach (double value in StreamData.Values(6, 5000))
            budget.Decide(value + 3);
        Assert.InRange(budget.AlertCount, 50, (0.01 * 5000) + threshold.MaxDeviation);
        Assert.Equal(5000, budget.AlertCount + budget.HeldBackCount);
    }

    [Fact]
    public void Tied_scores_are_let_through_at_the_rate_that_was_asked()
    {
        var threshold = new TrackingThreshold(0.05, new ReferenceSample(new double[100]));
        var budget = new AlertBudget(threshold);
        for (int i = 0; i < 10_000; i++)
            budget.Decide(0);
        Assert.InRange(budget.AlertCount, 500 - threshold.MaxDeviation, 500 + threshold.MaxDeviation);
    }

    [Property(MaxTest = 200)]
    public void The_scale_rises_with_the_score_and_its_inverse_is_one(ulong seed)
    {
        var random = new Random((int)(seed % int.MaxValue));
        double unit = Math.Pow(10, random.Next(-20, 20));
        double[] values = [.. Enumerable.Range(0, random.Next(2, 1000)).Select(_ => Math.Round(random.NextDouble(), random.Next(1, 9)) * unit)];
        var scale = new SurpriseScale(new ReferenceSample(values));
        double[] probes = [.. Enumerable.Range(0, 100).Select(_ => ((4 * random.NextDouble()) - 1.5) * unit).Order(), double.PositiveInfinity];
        double before = scale.Of(double.NegativeInfinity);
        foreach (double probe in probes)
        {
            double level = scale.Of(probe);
            Assert.InRange(level, before, scale.Max);
            before = level;
            if (double.IsFinite(probe) && level > 1e-9)
                Assert.Equal(level, scale.Of(scale.ScoreAt(level)), 1e-6);
        }
    }

    [Fact]
    public void The_bound_remembers_the_first_sample()
    {
        // w is the greater of the window and of the first sample, for good: 20,000 of these.
        var threshold = new TrackingThreshold(0.02, new ReferenceSample(StreamData.Values(1, 20_000))) { WindowLength = 300 };
        double expected = (Math.Log(2.0 * 20_001) + 1 + 0.25) / 0.25;
        Assert.Equal(expected, threshold.MaxDeviation, 12);
        var budget = new AlertBudget(threshold);
        foreach (double value in StreamData.Values(2, 1000))
            budget.Decide(value);
        Assert.Equal(expected, threshold.MaxDeviation, 12);
        var loaded = AlertBudget.Load(new MemoryStream(BudgetData.State(budget)));
        Assert.Equal(expected, ((TrackingThreshold)loaded.Threshold).MaxDeviation, 12);
        Assert.Equal(BudgetData.State(budget), BudgetData.State(loaded));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(double.NaN)]
    public void Options_are_checked(double value)
    {
        var sample = new ReferenceSample(StreamData.Values(1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackingThreshold(value, sample));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackingThreshold(0.1, sample) { StepSize = value == 0.6 ? 11 : value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackingThreshold(0.1, sample) { MinScore = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackingThreshold(0.1, sample) { WindowLength = 99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => AlertThreshold.Fixed(double.NaN));
    }
}
