using System.Text.Json;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Exporting;

/// <summary>Runs side by side, as tables and as JSON.</summary>
public sealed class RunComparisonTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunComparisonTests() => _store = RunStore.Open(_folder.File("runs.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_page_has_what_differs_first_and_nothing_escapes_into_it()
    {
        string one = Run("<script>alert(1)</script>", "rbf", [1, double.NaN, 3]), two = Run("plain", "linear", [3, 2, double.PositiveInfinity]);
        var report = await RunComparison.ReadAsync(_store, [one, two]);
        string page = report.ToHtml();
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        int differ = page.IndexOf("Parameters that differ", StringComparison.Ordinal), share = page.IndexOf("Parameters that all runs share", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf(">Kernel<", StringComparison.Ordinal), differ, share);
        Assert.InRange(page.IndexOf(">Seed<", StringComparison.Ordinal), share, page.IndexOf("<h2>Metrics</h2>", StringComparison.Ordinal));
        Assert.Contains("∞", page, StringComparison.Ordinal);
        Assert.Contains("2 values that are not finite", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => RunComparison.ReadAsync(_store, [one, one]));
        await Assert.ThrowsAsync<ArgumentException>(() => RunComparison.ReadAsync(_store, []));
        var json = JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("runs");
        Assert.Equal("Infinity", json[1].GetProperty("metrics").GetProperty("loss").GetString());
    }

    [Fact]
    public async Task A_table_has_a_row_a_run_and_JSON_keeps_what_is_not_finite()
    {
        Run("first", "rbf", [double.NaN]);
        Run("second", "linear", [double.NegativeInfinity]);
        var runs = await _store.FindRunsAsync().ToListAsync();
        var table = RunTable.Of(runs);
        Assert.Equal(2, table.RowCount);
        Assert.Equal(["linear", "rbf"], new[] { 0, 1 }.Select(row => table["params.Kernel"].Text(row)));
        Assert.True(table["metrics.loss"].IsMissing(1));
        var json = JsonDocument.Parse(RunJson.Of(runs)).RootElement.GetProperty("runs");
        Assert.Equal(["-Infinity", "NaN"], json.EnumerateArray().Select(run => run.GetProperty("metrics").GetProperty("loss").GetString()));
    }

    [Fact]
    public async Task What_is_not_finite_is_never_best()
    {
        Run("infinite", "rbf", [double.PositiveInfinity]);
        Run("not a number", "rbf", [double.NaN]);
        Assert.Null(await _store.FindBestAsync("loss"));
        string good = Run("good", "rbf", [1]);
        Assert.Equal(good, (await _store.FindBestAsync("loss"))!.Id);
        Run("lower", "rbf", [double.NegativeInfinity]);
        Assert.Equal(good, (await _store.FindBestAsync("loss", isLowestBest: true))!.Id);
        Assert.Null(await _store.FindBestAsync("no such metric"));
    }

    private string Run(string name, string kernel, double[] loss)
    {
        using var run = _store.StartRun(new RunStart("payments") { Name = name, Parameters = new Dictionary<string, string> { ["Kernel"] = kernel, ["Seed"] = "0" } });
        run.LogMetrics([.. loss.Select((value, i) => new MetricPoint("loss", value, i))]);
        run.Complete();
        return run.Id;
    }
}
