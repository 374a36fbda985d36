using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Stores;

/// <summary>All runs that fit are found, in one order.</summary>
public sealed class RunQueryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunQueryTests() => _store = RunStore.Open(_folder.File("runs.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_best_of_1200_runs_is_found_wherever_it_is()
    {
        const int Runs = 1200, Best = 1150;
        for (int i = 1; i <= Runs; i++)
            Run(("x", i == Best ? 2 : i / (double)Runs));
        var all = await Find(new RunQuery());
        Assert.Equal(Runs, all.Select(run => run.Id).Distinct().Count());
        var best = Assert.Single(await Find(new RunQuery { OrderByMetric = "x", MaxCount = 1 }));
        Assert.Equal(2, best.Metrics["x"].Value);
    }

    [Fact]
    public async Task NaN_and_missing_values_are_never_best()
    {
        string low = Run(("x", 1)), high = Run(("x", 2)), nan = Run(("x", double.NaN)), infinite = Run(("x", double.NegativeInfinity)), none = Run(Array.Empty<MetricPoint>());
        string[] descending = [.. (await Find(new RunQuery { OrderByMetric = "x" })).Select(run => run.Id)];
        string[] ascending = [.. (await Find(new RunQuery { OrderByMetric = "x", IsAscending = true })).Select(run => run.Id)];
        Assert.Equal([high, low, infinite], descending[..3]);
        Assert.Equal([infinite, low, high], ascending[..3]);
        Assert.Equal(new HashSet<string> { nan, none }, [.. descending[3..]]);
        Assert.Equal(descending[3..], ascending[3..]);
    }

    [Fact]
    public async Task Equal_runs_keep_one_order()
    {
        for (int i = 0; i < 50; i++)
            Run(("x", 1));
        var all = (await Find(new RunQuery { OrderByMetric = "x" })).ConvertAll(run => run.Id);
        Assert.Equal(all[..10], (await Find(new RunQuery { OrderByMetric = "x", MaxCount = 10 })).ConvertAll(run => run.Id));
    }

    [Theory]
    [InlineData("metrics.x > 1", "b")]
    [InlineData("metrics.x >= 1", "a,b")]
    [InlineData("metric.x<=1", "a")]
    [InlineData("metrics.x = 2", "b")]
    [InlineData("metrics.x != 2", "a")]
    [InlineData("params.Kernel = 'rbf'", "a")]
    [InlineData("params.Kernel = linear", "b")]
    [InlineData("params.Kernel != rbf", "b")]
    [InlineData("tags.name = \"c\"", "c")]
    [InlineData("params.Kernel = ' OR 1=1 --", "")]
    public async Task Conditions_choose(string condition, string names)
    {
        Run("a", "rbf", 1);
        Run("b", "linear", 2);
        Run("c", null, double.NaN);
        var found = await Find(new RunQuery { Conditions = [RunCondition.Parse(condition)] });
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries), found.Select(run => run.Tags["name"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("metrics.average_precision >= 0.4", "metrics.`average_precision` >= 0.4")]
    [InlineData("params.my Kernel = rbf", "params.`my Kernel` = 'rbf'")]
    [InlineData("tags.`note` != \"it's\"", "tags.`note` != \"it's\"")]
    [InlineData("tags.note = it's 5\" long", "tags.`note` = 'it's 5\" long'")]
    public void A_condition_is_written_as_MLflow_reads_it_and_read_again(string text, string written)
    {
        var condition = RunCondition.Parse(text);
        Assert.Equal(written, condition.ToString());
        Assert.Equal(condition, RunCondition.Parse(written));
    }

    [Theory]
    [InlineData("x > 1")]
    [InlineData("metrics.x")]
    [InlineData("metrics.x > high")]
    [InlineData("metrics.x > NaN")]
    [InlineData("params.Kernel > rbf")]
    [InlineData("runs.x = 1")]
    [InlineData("metrics. = 1")]
    public void Conditions_that_cannot_be_read_are_refused(string condition) => Assert.Throws<FormatException>(() => RunCondition.Parse(condition));

    [Fact]
    public async Task Experiments_states_and_parents_choose()
    {
        using var parent = _store.StartRun(new RunStart("one"));
        using var child = _store.StartRun(new RunStart("one") { ParentRunId = parent.Id });
        using var other = _store.StartRun(new RunStart("two"));
        other.Complete(RunStatus.Killed);
        Assert.Equal(2, (await Find(new RunQuery { Experiment = "one" })).Count);
        Assert.Equal(child.Id, Assert.Single(await Find(new RunQuery { ParentRunId = parent.Id })).Id);
        Assert.Equal(other.Id, Assert.Single(await Find(new RunQuery { Status = RunStatus.Killed })).Id);
    }

    private async Task<List<RunRecord>> Find(RunQuery query) => await _store.FindRunsAsync(query).ToListAsync();

    private string Run(MetricPoint[] points)
    {
        var run = _store.StartRun(new RunStart("payments"));
        run.LogMetrics(points);
        run.Complete();
        return run.Id;
    }

    private string Run(params (string Name, double Value)[] points) => Run(Array.ConvertAll(points, point => new MetricPoint(point.Name, point.Value)));

    private void Run(string name, string? kernel, double value)
    {
        using var run = _store.StartRun(new RunStart("payments") { Tags = new Dictionary<string, string> { ["name"] = name } });
        if (kernel is not null)
            run.LogParameters([new("Kernel", kernel)]);
        run.LogMetrics([new MetricPoint("x", value)]);
        run.Complete();
    }
}
