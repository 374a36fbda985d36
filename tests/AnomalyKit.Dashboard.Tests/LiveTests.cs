using System.Diagnostics.Metrics;
using AnomalyKit.Dashboard.Components.Parts;
using AnomalyKit.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>What the live page is told.</summary>
public sealed class LiveTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public void All_viewers_share_one_poller_which_ends_with_the_last()
    {
        var collector = host.Collector;
        var watches = Enumerable.Range(0, 30).Select(_ => collector.Watch(() => { })).ToList();
        Assert.True(collector.IsTicking);
        Assert.Equal(30, collector.ViewerCount);
        watches.ForEach(watch => watch.Dispose());
        watches.ForEach(watch => watch.Dispose());
        Assert.Equal(0, collector.ViewerCount);
        Assert.False(collector.IsTicking);
    }

    [Fact]
    public async Task Traffic_is_counted_by_seconds_and_calls()
    {
        host.Model.ScoreTable(40);
        await LookAsync(model => model.Rows >= 40 && model.Calls >= 1, "the rows are counted");
        var model = Assert.Single(host.Collector.Snapshot.Models);
        Assert.True(model.Median > 0 && model.Median <= model.Percentile99);
    }

    [Theory]
    [InlineData(1, 0, "Waiting for the first window: 1,027 of 5,000 sampled rows (every row is sampled).")]
    [InlineData(1, 2976, "Waiting for the first window: 1,027 of 5,000 sampled rows (every row is sampled). 2,976 rows came too fast to be looked at.")]
    [InlineData(10, 1, "Waiting for the first window: 1,027 of 5,000 sampled rows (one row in 10 is sampled). 1 row came too fast to be looked at.")]
    public void Rows_that_were_skipped_are_told(int every, long skipped, string text) => Assert.Equal(text, DriftProgress.Waiting(new ModelDrift
    {
        Since = DateTimeOffset.UnixEpoch,
        SampleEvery = every,
        SampledRows = 1027,
        SkippedRows = skipped,
        WindowRows = 5000,
        CurrentWindowRows = 1027,
        Monitors = [],
    }));

    [Fact]
    public void A_viewer_that_fails_keeps_nothing_from_the_others()
    {
        using var collector = new LiveCollector(host.Services.GetRequiredService<IMeterFactory>(), pool: null, new Clock());
        int told = 0;
        using var failing = collector.Watch(() => throw new ObjectDisposedException("circuit"));
        using var other = collector.Watch(() => told++);
        collector.Tick();
        collector.Tick();
        Assert.Equal(2, told);
    }

    [Fact]
    public void Models_that_are_gone_are_forgotten_with_their_last_seconds()
    {
        var clock = new Clock();
        using var collector = new LiveCollector(host.Services.GetRequiredService<IMeterFactory>(), pool: null, clock);
        collector.Start();
        host.Model.ScoreTable();
        Assert.True(collector.Remembers("payments", "1"));
        clock.Seconds += LiveCollector.Seconds - 1;
        collector.Tick();
        Assert.True(collector.Remembers("payments", "1"));
        clock.Seconds += 1;
        collector.Tick();
        Assert.False(collector.Remembers("payments", "1"));
    }

    [Fact]
    public async Task A_full_window_is_compared_on_the_page()
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        host.Model.ScoreTable(2 * DashboardHost.WindowRows);
        await LookAsync(model => model.Drift?.Comparison is not null, "the window is compared");
        string page = await client.GetStringAsync("live");
        Assert.Contains("aria-label=\"Drift by column\"", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">amount</th><td>drifted</td>", page, StringComparison.Ordinal);
        Assert.Matches("<tbody>\\s*<tr class=\"[a-z]*\"><th scope=\"row\">score</th>", page);
        Assert.Contains("Scores of the training rows and of the last window", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Percentiles_of_latencies_are_right_to_about_a_tenth()
    {
        var counts = new LatencyCounts();
        Assert.Null(counts.Percentile(0.5));
        for (int i = 1; i <= 1000; i++)
            counts.Add(i / 1000.0);
        Assert.InRange(counts.Percentile(0.5)!.Value, 0.44, 0.56);
        Assert.InRange(counts.Percentile(0.99)!.Value, 0.88, 1.1);
    }

    [Fact]
    public void Times_are_those_of_no_zone()
    {
        var time = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(5.5));
        Assert.Equal("2025-12-31 19:30:00 UTC", Text.Time(time));
        Assert.Equal("2025-12-31T19:30:00Z", Text.Iso(time));
    }

    // A look does nothing while another one is at work, such as the last one of a poller that has ended.
    private Task LookAsync(Func<LiveModel, bool> condition, string what) => Eventually.IsAsync(
        () =>
        {
            host.Collector.Tick();
            return host.Collector.Snapshot.Models.Any(condition);
        },
        what);

    /// <summary>A clock whose seconds pass only by hand, and whose timers never ring.</summary>
    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; } = 1_000_000;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
