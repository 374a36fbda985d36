namespace AnomalyKit.Monitoring.Tests.Budget;

/// <summary>A budget is a ceiling and no target.</summary>
public sealed class AlertCeilingTests
{
    [Fact]
    public void A_quiet_day_has_no_alerts()
    {
        var budget = new AlertBudget(AlertThreshold.Fixed(10), new AlertCeiling(100));
        for (int i = 0; i < 10_000; i++)
            Assert.Equal(AlertDecision.None, budget.Decide(i % 10));
        Assert.Equal(0, budget.AlertCount);
        Assert.Equal(0, budget.HeldBackCount);
    }

    [Fact]
    public void A_day_with_5000_anomalies_has_the_ceiling_and_says_what_was_held_back()
    {
        var ceiling = new AlertCeiling(100);
        var budget = new AlertBudget(AlertThreshold.Fixed(10), ceiling);
        for (int i = 0; i < 5000; i++)
            budget.Decide(11);
        Assert.Equal(100, budget.AlertCount);
        Assert.Equal(4900, budget.HeldBackCount);
        ceiling.StartWindow();
        Assert.Equal(AlertDecision.Alert, budget.Decide(11));
        Assert.Equal(101, budget.AlertCount);
    }

    [Fact]
    public void Scores_that_tie_with_the_threshold_or_each_other_never_exceed_it()
    {
        var budget = new AlertBudget(AlertThreshold.Fixed(1), new AlertCeiling(3, 10));
        var decisions = Enumerable.Range(0, 30).Select(_ => budget.Decide(1)).ToList();
        Assert.All(decisions, decision => Assert.Equal(AlertDecision.None, decision));
        decisions = [.. Enumerable.Range(0, 30).Select(_ => budget.Decide(1.5))];
        Assert.All(decisions.Chunk(10), window => Assert.Equal(3, window.Count(decision => decision == AlertDecision.Alert)));
        Assert.Equal(21, budget.HeldBackCount);
    }

    [Fact]
    public void A_ceiling_of_0_holds_everything_back()
    {
        var budget = new AlertBudget(AlertThreshold.Fixed(1), new AlertCeiling(0));
        Assert.Equal(AlertDecision.HeldBack, budget.Decide(2));
    }

    [Fact]
    public void Saved_at_400_and_fed_200_more_equals_600_uninterrupted()
    {
        double[] values = Streams.StreamData.Values(4, 1200);
        var whole = BudgetData.Tracking();
        var first = BudgetData.Tracking();
        var expected = values.Select(whole.Decide).ToList();
        var found = values[..850].Select(first.Decide).ToList();
        byte[] saved = BudgetData.State(first);
        var second = AlertBudget.Load(new MemoryStream(saved));
        Assert.Equal(saved, BudgetData.State(second));
        found.AddRange(values[850..].Select(second.Decide));
        Assert.Equal(expected, found);
        Assert.Equal(BudgetData.State(whole), BudgetData.State(second));
        Assert.Contains(AlertDecision.HeldBack, found);
        Assert.Contains(AlertDecision.Alert, found[850..]);
    }

    [Fact]
    public void NaN_is_refused_and_changes_nothing()
    {
        var budget = BudgetData.Fed();
        byte[] before = BudgetData.State(budget);
        Assert.Contains("Score 1300 is NaN", Assert.Throws<ArgumentOutOfRangeException>(() => budget.Decide(double.NaN)).Message, StringComparison.Ordinal);
        Assert.Equal(before, BudgetData.State(budget));
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlertCeiling(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlertCeiling(1, 0));
    }
}
