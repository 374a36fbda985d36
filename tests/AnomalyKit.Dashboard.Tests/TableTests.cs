using System.Text;
using AnomalyKit.Dashboard.Models;
using AnomalyKit.Dashboard.Runs;
using AnomalyKit.Dashboard.Tables;

namespace AnomalyKit.Dashboard.Tests;

public sealed class TableTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private ScoredRows Rows(int count = 100, Func<int, float>? score = null, Func<int, string?>? word = null)
    {
        var table = new FeatureTable(
            new DoubleColumn("amount", Enumerable.Range(0, count).Select(row => row % 7 == 0 ? double.NaN : row * 1.0).ToArray()),
            CategoryColumn.FromWords("shop", Enumerable.Range(0, count).Select(row => word is null ? $"shop {row % 10}" : word(row))));
        return new ScoredRows("t.csv", host.Model, table, [.. Enumerable.Range(0, count).Select(row => score is null ? row / 1000f : score(row))], []);
    }

    [Fact]
    public void The_only_spike_and_every_alert_of_a_long_table_are_drawn()
    {
        int[] alerts = [5, 77_777, 150_000, 199_998];
        var strip = ScoreStrip.Of(Rows(200_000, row => alerts.Contains(row) ? 0.9f : 0.3f));
        Assert.Equal(alerts, strip.Marks);
        Assert.Equal(4, strip.Ranges.Count(range => range.Greatest > 0.8f));
        Assert.All(strip.Ranges, range => Assert.Equal(0.3f, range.Least));
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("id", new[] { "id" })]
    [InlineData(" turbine , timestamp,,turbine", new[] { "turbine", "timestamp" })]
    [InlineData("a\\,b,c\\\\", new[] { "a,b", "c\\" })]
    public void Key_columns_are_typed_with_commas_between(string text, string[] expected) => Assert.Equal(expected, KeyColumnText.Read(text));

    [Fact]
    public void Where_a_few_scores_are_far_above_the_others_heights_are_logarithmic()
    {
        // Half of the rows lie below 0.5, and three far above: on heights that grow with the score they would be all that is seen.
        var strip = ScoreStrip.Of(Rows(1000, row => row % 333 == 332 ? 1000 : row / 1000f));
        Assert.True(strip.Scale.IsLogarithmic);
        Assert.InRange(strip.Scale.Position(0.5) / strip.Scale.Position(1000), 0.05, 0.5);
        double[] heights = [.. Enumerable.Range(0, 100).Select(i => strip.Scale.Position(i * 10))];
        Assert.Equal(heights.Order(), heights);
        Assert.Equal(0, strip.Scale.Position(-5));
        // As many scores without those three, and all alike.
        Assert.False(ScoreStrip.Of(Rows(1000)).Scale.IsLogarithmic);
        Assert.Equal(0.25, ScoreStrip.Of(Rows(1000)).Scale.Position(0.25));
        Assert.False(ScoreStrip.Of(Rows(1000, _ => 0.3f)).Scale.IsLogarithmic);
    }

    [Fact]
    public void Of_very_many_alerts_the_highest_are_marked()
    {
        var strip = ScoreStrip.Of(Rows(5000, row => 0.7f + (row / 50_000f)));
        Assert.Equal(ScoreStrip.MaxMarks, strip.Marks.Count);
        Assert.Equal(4999, strip.Marks[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Missing_cells_come_last_in_either_direction(bool isDescending)
    {
        var rows = Rows();
        int[] order = new RowQuery { Sort = "amount", IsDescending = isDescending }.Find(rows, default);
        Assert.Equal(rows.Count, order.Distinct().Count());
        Assert.All(order[^15..], row => Assert.Equal(0, row % 7));
        Assert.Equal(isDescending ? 99 : 1, order[0]);
    }

    [Fact]
    public void A_filter_looks_into_every_cell_in_any_case() =>
        Assert.Equal([3, 13, 23, 33, 43, 53, 63, 73, 83, 93], new RowQuery { Text = "SHOP 3", Sort = RowQuery.Row, IsDescending = false }.Find(Rows(), default));

    [Fact]
    public async Task An_answer_that_comes_late_does_not_replace_a_newer_one()
    {
        using var search = new LatestOnly();
        var release = new TaskCompletionSource();
        var slow = search.RunAsync(async _ =>
        {
            await release.Task;
            return "A";
        });
        var (isLatest, answer) = await search.RunAsync(_ => Task.FromResult("B"));
        release.SetResult();
        Assert.True(isLatest);
        Assert.Equal("B", answer);
        Assert.False((await slow).IsLatest);
    }

    [Fact]
    public async Task Nobody_gets_an_answer_after_leaving()
    {
        var search = new LatestOnly();
        var work = search.RunAsync(async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return 1;
        });
        search.Dispose();
        Assert.False((await work).IsLatest);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+x", "'+x")]
    [InlineData("-x", "'-x")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a;=1+1", "a;'=1+1")]
    [InlineData("a; \"=1+1", "a;' \"\"=1+1")]
    [InlineData("a\t@x;-y", "a\t'@x;'-y")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋x", "'＋x")]
    [InlineData("－x", "'－x")]
    [InlineData("＠x", "'＠x")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("a=b; c-d", "a=b; c-d")]
    [InlineData("plain", "plain")]
    public void Words_that_a_spreadsheet_would_calculate_are_guarded(string word, string written)
    {
        string text = Encoding.UTF8.GetString([.. CsvExport.Parts(Rows(3, word: _ => word)).SelectMany(part => part)]);
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.Equal(4, text.TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("row,amount,shop,score,label,p_value\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_of_runs_locks_no_writer_and_changes_nothing()
    {
        using var shelf = new RunShelf(new AnomalyDashboardOptions { RunStore = host.Store });
        Assert.Equal(2, (await shelf.ListAsync(default)).Count);
        using (var store = RunStore.Open(host.Store, new RunStoreOptions { BusyTimeout = TimeSpan.Zero }))
        {
            // Written while the viewer has the file open.
            await shelf.GetAsync(host.RunIds[0], default);
            using var run = store.StartRun(new RunStart("other") { Name = "third" });
            run.LogMetrics([new MetricPoint("x", 1)]);
            run.Complete();
            Assert.Equal("third", (await shelf.GetAsync(run.Id, default)).Name);
        }

        using var readOnly = RunStore.OpenReadOnly(host.Store);
        Assert.Throws<RunTrackingException>(() => readOnly.StartRun(new RunStart("no")));
        Assert.Throws<RunTrackingException>(() => RunStore.OpenReadOnly(host.Store + ".none"));
    }

    [Fact]
    public void A_judgement_counts_what_the_metrics_count()
    {
        bool[] labels = [.. Enumerable.Range(0, 200).Select(row => row % 20 == 0)];
        float[] scores = [.. Enumerable.Range(0, 200).Select(row => row % 20 == 0 ? 0.7f + (row / 1000f) : row / 250f)];
        var judgement = ModelJudgement.Of(host.Detector.Detector, labels, scores, days: 2);
        var own = judgement.Thresholds.Points[judgement.Thresholds.Own];
        Assert.Equal(judgement.Evaluation.AlertCount, own.Alerts);
        Assert.Equal(judgement.Evaluation.Confusion.TruePositives, own.Caught);
        Assert.Equal(200, judgement.Tenths.Sum(tenth => tenth.Rows));
        Assert.Equal(10, judgement.Tenths.Sum(tenth => tenth.Anomalies));
        Assert.Equal((0, 0), judgement.Roc[0]);
        Assert.Equal((1, 1), judgement.Roc[^1]);
        Assert.Equal(61, judgement.PValues.Count);
    }
}
