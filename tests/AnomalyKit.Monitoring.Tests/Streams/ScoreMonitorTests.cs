using AnomalyKit.Monitoring.Tests.Budget;
using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.Tests.Streams;

public sealed class ScoreMonitorTests
{
    [Fact]
    public void Batches_of_any_size_give_the_same_state_and_decisions()
    {
        float[] scores = Array.ConvertAll(StreamData.Values(1, 3000, 2000, 0.0), value => (float)value);
        var one = Create();
        var decisions = new AlertDecision[scores.Length];
        var whole = one.Update(scores, decisions);
        var many = Create();
        var parts = new AlertDecision[scores.Length];
        int alerts = 0;
        for (int start = 0, size = 1; start < scores.Length; start += size, size = (size * 2) % 700 + 1)
        {
            int count = Math.Min(size, scores.Length - start);
            alerts += many.Update(scores.AsSpan(start, count), parts.AsSpan(start, count)).AlertCount;
        }

        Assert.Equal(decisions, parts);
        Assert.Equal(whole.AlertCount, alerts);
        Assert.Equal(decisions.Count(decision => decision == AlertDecision.Alert), whole.AlertCount);
        Assert.Equal(State(one), State(many));
    }

    [Fact]
    public void A_restart_loses_nothing()
    {
        float[] scores = Array.ConvertAll(StreamData.Values(1, 600), value => (float)value);
        var whole = Create();
        whole.Update(scores, ColumnMonitorTests.Rows(5, 600, 2));
        var first = Create();
        first.Update(scores.AsSpan(0, 400), ColumnMonitorTests.Rows(5, 600, 2).Slice(0, 400));
        byte[] saved = State(first);
        var second = ScoreMonitor.Load(new MemoryStream(saved));
        Assert.Equal(saved, State(second));
        second.Update(scores.AsSpan(400), ColumnMonitorTests.Rows(5, 600, 2).Slice(400, 200));
        Assert.Equal(State(whole), State(second));
    }

    [Fact]
    public void Producers_share_it_and_nothing_is_lost()
    {
        var monitor = Create();
        float[] scores = Array.ConvertAll(StreamData.Values(1, 100), value => (float)value);
        int alerts = 0;
        int held = 0;
        Parallel.For(0, 200, _ =>
        {
            var update = monitor.Update(scores);
            Interlocked.Add(ref alerts, update.AlertCount);
            Interlocked.Add(ref held, update.HeldBackCount);
            var during = monitor.Snapshot();
            Assert.Equal(0, during.Count % 100);
            Assert.All(during.Monitors.Where(status => status.Kind != "column-martingales"), status => Assert.Equal(during.Count, status.Count));
        });
        var snapshot = monitor.Snapshot();
        Assert.Equal(20_000, snapshot.Count);
        Assert.Equal(alerts, snapshot.AlertCount);
        Assert.Equal(held, snapshot.HeldBackCount);
    }

    [Fact]
    public void A_batch_that_cannot_be_watched_changes_nothing()
    {
        var monitor = Create();
        monitor.Update([0.1f, 0.2f]);
        byte[] before = State(monitor);
        Assert.Contains("Score 1 of the batch is NaN", Assert.Throws<ArgumentException>(() => monitor.Update([0.1f, float.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains("room for 1 decisions", Assert.Throws<ArgumentException>(() => monitor.Update([0.1f, 0.2f], new AlertDecision[1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => monitor.Update([0.1f], ColumnMonitorTests.Rows(1, 1, 3)));
        Assert.Throws<ArgumentException>(() => monitor.Update([0.1f, 0.3f], ColumnMonitorTests.Rows(1, 1, 2)));
        // One of the monitors takes values from 0 to 1 only; the bad one comes after a whole chunk of good ones.
        float[] late = new float[1000];
        late[999] = 7;
        // Value 1,001 of the stream, counted from 0: two came before.
        Assert.Contains("Value 1001 of the stream", Assert.Throws<ArgumentOutOfRangeException>(() => monitor.Update(late)).Message, StringComparison.Ordinal);
        Assert.Equal(before, State(monitor));
    }

    [Fact]
    public void A_monitor_belongs_to_one_place()
    {
        var adwin = new AdwinMonitor();
        Assert.Throws<ArgumentException>(() => new ScoreMonitor([adwin, adwin]));
        Assert.Throws<ArgumentException>(() => new ScoreMonitor([null!]));
    }

    [Fact]
    public void Windows_and_resets_reach_what_they_are_for()
    {
        var monitor = new ScoreMonitor([new AdwinMonitor()], new AlertBudget(AlertThreshold.Fixed(0.5), new AlertCeiling(1)));
        Assert.Equal(new ScoreUpdate(3, 1, 2, 0), monitor.Update([0.9f, 0.9f, 0.9f]));
        monitor.StartAlertWindow();
        Assert.Equal(1, monitor.Update([0.9f, 0.9f]).AlertCount);
        monitor.ResetMonitors();
        Assert.Equal(0, monitor.Snapshot().Monitors[0].Count);
        Assert.Equal(5, monitor.Snapshot().Count);
    }

    [Fact]
    public void Another_file_is_refused()
    {
        Assert.Throws<ModelFormatException>(() => ScoreMonitor.Load(new MemoryStream(BudgetData.State(BudgetData.Fed()))));
    }

    private static ScoreMonitor Create() => new(StreamData.Monitors(), BudgetData.Tracking(), new ColumnMonitor(ColumnMonitorTests.Rows(1, 100, 2)));

    private static byte[] State(ScoreMonitor monitor)
    {
        using var stream = new MemoryStream();
        monitor.Save(stream);
        return stream.ToArray();
    }
}
