using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Fits;

/// <summary>Fits that tell of themselves.</summary>
public sealed class FitTrackingTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public FitTrackingTests() => _store = RunStore.Open(_folder.File("runs.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_fit_of_a_table_is_told_in_one_line()
    {
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 20, Seed = 5 });
        var table = Table();
        var fit = trainer.FitTracked(table, _store, "payments");

        Assert.Empty(fit.Problems);
        var run = await _store.GetRunAsync(fit.RunId!);
        Assert.Equal(("payments", RunStatus.Finished), (run.Experiment, run.Status));
        Assert.Equal(("20", "5", "refuse"), (run.Parameters["TreeCount"], run.Parameters["Seed"], run.Parameters["preparation.Missing"]));
        Assert.Equal(fit.Detector.Detector.Info.Kind, run.Tags["detector"]);
        Assert.Matches("^[0-9a-f]{64}$", run.Tags["data_sha256"]);
        Assert.StartsWith("0.", run.Tags["anomalykit_version"], StringComparison.Ordinal);
        Assert.Equal(["alert_fraction", "average_precision", "columns", "fit_seconds", "roc_auc", "rows", "threshold"], run.Metrics.Keys.Order(StringComparer.Ordinal));
        foreach (string metric in run.Metrics.Keys)
            Assert.Single(await _store.GetMetricAsync(run.Id, metric));
        float[] scores = fit.Detector.Score(table);
        Assert.Equal(DetectionMetrics.AveragePrecision(table.ReadLabels(), scores), run.Metrics["average_precision"].Value);
        Assert.Equal(fit.Detector.Threshold, run.Metrics["threshold"].Value);
        using var model = await _store.OpenArtifactAsync(run.Id, FitTracking.ModelPath);
        Assert.Equal(scores, TableDetector.Load(model, DetectorFile.Catalog).Score(table));
        using var schema = new StreamReader(await _store.OpenArtifactAsync(run.Id, FitTracking.SchemaPath));
        Assert.Contains("\"name\": \"amount\"", await schema.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_of_single_columns_are_told()
    {
        var table = new FeatureTable(
            CategoryColumn.FromWords("place", ["a", "b", null, "a"]),
            new DateTimeColumn("at", Array.ConvertAll([1, 2, 3, 4], day => new DateTime(2026, 3, day).Ticks), isUtc: false),
            new DoubleColumn("x", new double[] { 1, 2, 3, 4 }));
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 2 })
        {
            Preparation = new TablePreparation
            {
                Columns = new Dictionary<string, ColumnPreparation> { ["place"] = new() { Missing = MissingCells.MostFrequent }, ["at"] = new() { Dates = DateParts.Hour | DateParts.Month, Missing = MissingCells.Median } },
            },
        };
        var run = await _store.GetRunAsync(trainer.FitTracked(table, _store, "columns").RunId!);
        Assert.Equal(("at=median; place=most-frequent", "at=Hour, Month"), (run.Parameters["preparation.MissingByColumn"], run.Parameters["preparation.DatesByColumn"]));
        run = await _store.GetRunAsync(new TableTrainer(new IsolationForestTrainer { TreeCount = 2 }) { Preparation = new TablePreparation { Missing = MissingCells.Median } }.FitTracked(table, _store, "columns").RunId!);
        Assert.DoesNotContain(run.Parameters.Keys, name => name.EndsWith("ByColumn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fit_of_a_matrix_is_told_in_one_line()
    {
        var data = FeatureMatrix.FromRows([.. Enumerable.Range(0, 200).Select(i => new float[] { i % 17, i % 5 })]);
        var fit = new EllipticEnvelopeTrainer().FitTracked(data, _store, new RunStart("matrix") { Name = "plain", Tags = new Dictionary<string, string> { ["who"] = "me" } });
        var run = await _store.GetRunAsync(fit.RunId!);
        Assert.Equal(("plain", "me", 200.0), (run.Name, run.Tags["who"], run.Metrics["rows"].Value));
        Assert.DoesNotContain("average_precision", run.Metrics.Keys);
        Assert.Equal([FitTracking.SchemaPath, FitTracking.ModelPath], (await _store.ListArtifactsAsync(run.Id)).Select(artifact => artifact.Path));
    }

    [Fact]
    public async Task A_fit_that_fails_says_so_in_its_run()
    {
        var data = FeatureMatrix.FromRows([[1f, float.NaN], [2f, 3f]]);
        Assert.ThrowsAny<Exception>(() => new IsolationForestTrainer().FitTracked(data, _store, "failing"));
        var run = Assert.Single(await _store.FindRunsAsync().ToListAsync());
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("NaN", run.Tags["error"], StringComparison.Ordinal);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => new IsolationForestTrainer().FitTracked(Matrix(), _store, "failing", cancellationToken: cancelled.Token));
        Assert.Single(await _store.FindRunsAsync(new RunQuery { Status = RunStatus.Killed }).ToListAsync());
    }

    [Fact]
    public void A_tracker_that_fails_never_fails_the_fit()
    {
        var fit = new IsolationForestTrainer { TreeCount = 10 }.FitTracked(Matrix(), new BrokenTracker(failsAtStart: true), "payments");
        Assert.Null(fit.RunId);
        Assert.Equal("The tracker is broken.", Assert.Single(fit.Problems));
        fit = new IsolationForestTrainer { TreeCount = 10 }.FitTracked(Matrix(), new BrokenTracker(failsAtStart: false), "payments");
        Assert.Equal("broken", fit.RunId);
        Assert.NotEmpty(fit.Problems);
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public void Whatever_a_tracker_throws_the_fit_is_there(Type failure)
    {
        Exception Failure() => (Exception)Activator.CreateInstance(failure, "No.")!;
        var trainer = new IsolationForestTrainer { TreeCount = 10 };
        Assert.Equal("No.", Assert.Single(trainer.FitTracked(Matrix(), new BrokenTracker(failsAtStart: true, Failure), "payments").Problems));
        Assert.NotNull(trainer.FitTracked(Matrix(), new BrokenTracker(failsAtStart: false, Failure), "payments").Detector);
    }

    [Fact]
    public async Task Equal_rows_have_an_equal_hash_and_others_another_one()
    {
        async Task<string> HashOf(FeatureTable table) => (await _store.GetRunAsync(new TableTrainer(new IsolationForestTrainer { TreeCount = 1 }).FitTracked(table, _store, "hash").RunId!)).Tags["data_sha256"];
        var table = Table();
        string hash = await HashOf(table);
        Assert.Equal(hash, await HashOf(Table()));
        // Codes of words follow from the order in which they come: the same words have the same hash.
        var kinds = (CategoryColumn)table["kind"];
        var other = new FeatureTable(table["amount"], new CategoryColumn("kind", kinds.Codes.ToArray().Select(code => 1 - code).ToArray(), [.. kinds.Levels.Reverse()]), table["fraud"]).WithRole("fraud", ColumnRole.Label);
        Assert.Equal(hash, await HashOf(other));
        Assert.NotEqual(hash, await HashOf(table.Slice(0, 199)));
        Assert.NotEqual(hash, await HashOf(Table(last: 1)));
    }

    [Fact]
    public async Task Weights_and_categories_of_a_matrix_count_for_its_hash()
    {
        async Task<string> HashOf(FeatureMatrix data) => (await _store.GetRunAsync(new IsolationForestTrainer { TreeCount = 1 }.FitTracked(data, _store, "hash").RunId!)).Tags["data_sha256"];
        var data = Matrix();
        double[] weights = [.. Enumerable.Range(0, 100).Select(i => 1.0 + (i % 2))];
        FeatureMatrix Categories(int levels) => data.WithSchema(data.Schema.WithCategories(new Dictionary<string, int> { [data.Schema.ColumnNames[1]] = levels }));
        string[] hashes = [await HashOf(data), await HashOf(data.WithWeights(weights)), await HashOf(Categories(5)), await HashOf(Categories(6))];
        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[1], await HashOf(data.WithWeights(weights)));
        // The hash of a matrix without either is the one of earlier versions.
        Assert.Equal("87682fd531a7e07f6d4aef5739b97c883da51e3ccdc9322d3d46e9165c10eedc", hashes[0]);
    }

    private static FeatureMatrix Matrix() => FeatureMatrix.FromRows([.. Enumerable.Range(0, 100).Select(i => new float[] { i % 17, i % 5 })]);

    private static FeatureTable Table(int last = 0) => new FeatureTable(
        new DoubleColumn("amount", Enumerable.Range(0, 200).Select(i => i == 199 ? last : i % 50 == 0 ? 1000.0 + i : i % 17).ToArray()),
        CategoryColumn.FromWords("kind", Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "card" : "cash")),
        new BooleanColumn("fraud", Enumerable.Range(0, 200).Select(i => (sbyte)(i % 50 == 0 ? 1 : 0)).ToArray())).WithRole("fraud", ColumnRole.Label);

    private sealed class BrokenTracker(bool failsAtStart, Func<Exception>? failure = null) : IRunTracker, ITrackedRun
    {
        public string Id => "broken";

        public ITrackedRun StartRun(RunStart start) => failsAtStart ? throw Broken() : this;

        public Task FlushAsync(CancellationToken cancellationToken = default) => throw Broken();

        public void LogParameters(IEnumerable<KeyValuePair<string, string>> parameters) => throw Broken();

        public void LogMetrics(IReadOnlyCollection<MetricPoint> points) => throw Broken();

        public void SetTag(string name, string value) => throw Broken();

        public void LogArtifact(string path, Stream content) => throw Broken();

        public void Complete(RunStatus status = RunStatus.Finished) => throw Broken();

        public void Dispose()
        {
        }

        private Exception Broken() => failure?.Invoke() ?? new RunTrackingException("The tracker is broken.");
    }
}
