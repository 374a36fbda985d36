using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Serving.Monitors;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Extensions.Tests;

/// <summary>What is seen of the rows that a model scores.</summary>
public sealed class MonitorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_like_those_of_the_fit_are_no_drift_and_shifted_ones_are(bool asTables)
    {
        var model = await Serve(sampleEvery: 1, windowRows: 500);
        Score(model, Payments.Values(70, 2000), asTables);
        var quiet = model.Monitor!.Snapshot();
        Assert.Equal(2000, quiet.SampledRows + quiet.SkippedRows);
        Assert.False(quiet.IsDrifted);
        Assert.NotNull(quiet.Comparison);
        Score(model, Payments.Values(71, 2000, shift: 2), asTables);
        var moved = model.Monitor.Snapshot();
        Assert.True(moved.IsDrifted);
        Assert.True(moved.Comparison!["c0"].IsDrifted);
        Assert.False(moved.Comparison["c1"].IsDrifted);
    }

    [Fact]
    public async Task Drift_that_is_over_is_no_drift_any_more()
    {
        var model = await Serve(sampleEvery: 1, windowRows: 500);
        Score(model, Payments.Values(70, 2000), asTables: false);
        Score(model, Payments.Values(71, 2000, shift: 8), asTables: false);
        var moved = model.Monitor!.Snapshot();
        Assert.True(moved.Comparison!.IsDrifted);
        Assert.Equal(1, Assert.Single(moved.Monitors).DetectionCount);
        // The first window after the detection is like the training rows; until it is full, drift goes on.
        Score(model, Payments.Values(72, 500), asTables: false);
        Assert.False(model.Monitor.Snapshot().IsDrifted);
        Assert.Equal(0, Assert.Single(model.Monitor.Snapshot().Monitors).DetectionCount);
        // And the next change is found again.
        Score(model, Payments.Values(73, 1500), asTables: false);
        Assert.False(model.Monitor.Snapshot().IsDrifted);
        Score(model, Payments.Values(74, 2000, shift: 8), asTables: false);
        Assert.Equal(1, Assert.Single(model.Monitor.Snapshot().Monitors).DetectionCount);
    }

    [Fact]
    public void A_window_ends_after_its_duration_although_it_is_not_full()
    {
        var clock = new TestClock();
        var options = new ModelMonitoringOptions { SampleEvery = 1, WindowDuration = TimeSpan.FromHours(1) };
        using var monitor = ModelMonitor.Create("m", "1", Payments.Fit(1, rows: 2000), options, meterFactory: null, clock)!;
        Offer(199, 71);
        clock.Now += TimeSpan.FromHours(2);
        var waiting = monitor.Snapshot();
        Assert.Null(waiting.Comparison);
        Assert.Equal((4801, waiting.Since + options.WindowDuration, 1), (waiting.RowsUntilComparison, waiting.TimedComparisonAt, waiting.RowsUntilTimedComparison));
        Offer(1, 72);
        var first = monitor.Snapshot();
        Assert.Equal((200, 0), (first.Comparison!.CurrentRowCount, first.CurrentWindowRows));
        Assert.Equal((first.Since, clock.Now), (first.ComparedSince, first.ComparedUntil));
        Offer(300, 73);
        clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal(300, monitor.Snapshot().CurrentWindowRows);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(300, monitor.Snapshot().Comparison!.CurrentRowCount);

        void Offer(int rows, int seed)
        {
            monitor.Offer(Payments.Values(seed, rows), new float[rows]);
            monitor.TakeIn();
        }
    }

    [Fact]
    public void The_rows_that_the_first_comparison_waits_for_are_counted_down()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var options = new ModelMonitoringOptions { SampleEvery = 10, WindowRows = 100, WindowDuration = TimeSpan.Zero, MinAlertRatio = 3 };
        using var monitor = ModelMonitor.Create("m", "1", Payments.Fit(1, rows: 2000), options, factory)!;
        Assert.Equal(1000, Missing());
        monitor.Offer(Payments.Values(71, 250), new float[250]);
        var snapshot = monitor.Snapshot();
        Assert.Equal("No window was compared yet: 25 of 100 rows have been sampled. One row in 10 is sampled. The first comparison comes after about 750 more rows.", snapshot.Summary);
        Assert.Equal(snapshot.Summary, snapshot.ToString());
        Assert.Equal((750, null, 750), (snapshot.RowsUntilComparison, snapshot.TimedComparisonAt, snapshot.RowsUntilTimedComparison));
        Assert.Equal(750, Missing());
        monitor.Offer(Payments.Values(72, 800), new float[800]);
        monitor.TakeIn();
        Assert.Equal(0, Missing());
        var compared = monitor.Snapshot();
        Assert.StartsWith($"The last window against the training rows: {compared.Comparison!}.", compared.Summary, StringComparison.Ordinal);
        Assert.Equal(3, compared.Comparison!.Options.MinAlertRatio);
        monitor.Dispose();
        Assert.Null(Missing());

        double? Missing() => DriftGauges.Of(factory, waits: true).TryGetValue("missing_rows", out double value) ? value : null;
    }

    [Fact]
    public async Task Alerts_are_counted_at_the_threshold_that_was_set()
    {
        _folder.Save("m.akm", Payments.Fit(1, rows: 2000));
        using var pool = Pools.Of(new AnomalyDetectionOptions { ModelFolder = _folder.Root, Monitoring = { SampleEvery = 1, WindowRows = 500 } });
        await pool.ReloadAsync();
        var model = await pool.SetThresholdAsync("m", null, -1e9);
        Score(model, Payments.Values(70, 500), asTables: false);
        Assert.Equal(1, model.Monitor!.Snapshot().Comparison!.Alerts!.CurrentFraction);
    }

    [Fact]
    public async Task Ignored_columns_are_no_drift_and_names_of_other_models_do_no_harm()
    {
        var model = await Serve(sampleEvery: 1, windowRows: 500, "c0", "a column of another model");
        Score(model, Payments.Values(71, 2000, shift: 2), asTables: true);
        var moved = model.Monitor!.Snapshot();
        Assert.Equal(["c0"], moved.IgnoredColumns);
        Assert.Equal(DriftStatus.NotCompared, moved.Comparison!["c0"].Status);
        Assert.NotEqual(DriftStatus.NotCompared, moved.Comparison["c1"].Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scores_that_follow_the_hour_change_the_stream_unless_it_is_not_watched(bool watchesStream)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var monitor = ModelMonitor.Create("m", "1", Payments.Fit(1, rows: 2000), new ModelMonitoringOptions { SampleEvery = 1, WatchesStream = watchesStream }, factory)!;
        // Four days of 500 rows, each with a night of low scores and a day of high ones.
        for (int day = 0; day < 4; day++)
        {
            monitor.Offer(Payments.Values(71 + day, 500), [.. Enumerable.Range(0, 500).Select(row => (row < 250 ? .3f : .5f) + (row % 50 * .001f))]);
            monitor.TakeIn();
        }

        var drift = monitor.Snapshot();
        Assert.Equal(watchesStream, drift.IsDrifted);
        Assert.Equal(watchesStream, drift.Summary.EndsWith("The stream changed since it was first watched: score.", StringComparison.Ordinal));
        Assert.Equal(watchesStream ? 1 : 0, drift.Monitors.Count);
    }

    [Fact]
    public void The_metrics_of_a_model_that_has_gone_end_at_zero_and_hold_nothing_of_it()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var gone = WatchAndEnd(factory);
        var left = DriftGauges.Of(factory);
        Assert.Equal(["alert_ratio", "columns", "effect c0", "effect c1", "effect c2", "is_drifted", "score_effect"], left.Keys.Order(StringComparer.Ordinal));
        Assert.All(left.Values, value => Assert.Equal(0, value));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(gone.IsAlive);
    }

    [Theory]
    [InlineData(100, 30, 100)]
    [InlineData(101, 30, 30)]
    [InlineData(140, 130, 100)]
    public void A_wide_model_has_series_of_the_columns_that_drifted_the_farthest_first(int columns, int moved, int published)
    {
        var profile = new IsolationForestTrainer { TreeCount = 5 }.Fit(FeatureMatrix.Wrap(Cells(1, columns, 0), columns)).Profile!;
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        DriftComparison? last = null;
        using var meters = new WindowMeters(() => last, () => false, () => 0, factory, []);
        last = Window(Cells(2, columns, moved));
        var effects = Effects();
        Assert.Equal(published, effects.Count);
        // The last of the moved columns moved the farthest.
        var farthest = last.Columns.Where(column => column.IsDrifted).OrderByDescending(column => column.Effect).Take(Math.Min(moved, WindowMeters.MaxColumns)).ToArray();
        Assert.Equal(Math.Min(moved, WindowMeters.MaxColumns), farthest.Length);
        Assert.All(farthest, column => Assert.Equal(column.Effect, effects[$"effect {column.Name}"]));
        Assert.Equal(moved, DriftGauges.Of(factory)["columns"]);

        // What is over goes on to be published, others find no room, and in the end the same ones are 0.
        last = Window(Cells(3, columns, 0));
        Assert.Equal(effects.Keys.Order(StringComparer.Ordinal), Effects().Keys.Order(StringComparer.Ordinal));
        Assert.All(Effects(), effect => Assert.True(effect.Value < .2));
        meters.End(hasSuccessor: false);
        Assert.Equal(effects.Keys.Order(StringComparer.Ordinal), Effects().Keys.Order(StringComparer.Ordinal));
        Assert.All(Effects().Values, value => Assert.Equal(0, value));

        Dictionary<string, double> Effects() => DriftGauges.Of(factory).Where(gauge => gauge.Key.StartsWith("effect ", StringComparison.Ordinal)).ToDictionary();

        DriftComparison Window(float[] cells)
        {
            var window = new DriftWindow(profile);
            window.Add(FeatureMatrix.Wrap(cells, columns));
            return DriftComparison.Compare(profile, window);
        }

        static float[] Cells(ulong seed, int columns, int moved)
        {
            var random = new AnomalyKit.Numerics.CounterRandom(seed);
            float[] cells = new float[400 * columns];
            for (int i = 0; i < cells.Length; i++)
                cells[i] = (float)random.NextGaussian() + (i % columns < moved ? 1 + (.02f * (i % columns)) : 0);
            return cells;
        }
    }

    [Fact]
    public void A_model_that_is_loaded_again_leaves_no_zeros_beside_its_successor()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var options = new ModelMonitoringOptions { SampleEvery = 1, WindowRows = 500 };
        using var first = ModelMonitor.Create("m", "1", Payments.Fit(1, rows: 2000), options, factory)!;
        first.Offer(Payments.Values(71, 1000, shift: 2), new float[1000]);
        first.TakeIn();
        Assert.NotEmpty(DriftGauges.Of(factory));
        using var second = ModelMonitor.Create("m", "1", Payments.Fit(2, rows: 2000), options, factory)!;
        first.End(hasSuccessor: true);
        // Nothing was compared yet, and nothing says that all is calm.
        Assert.Empty(DriftGauges.Of(factory));
    }

    [Fact]
    public void Rows_that_come_as_values_and_as_tables_keep_their_own_places()
    {
        var sampler = new RowSampler(Payments.Fit(1).Preparation.Schema, every: 1);
        double[] values = Payments.Values(5, 5);
        sampler.Offer(Payments.Table(Payments.Values(1, 10)), new float[10]);
        sampler.Offer(values, [1, 2, 3, 4, 5]);
        sampler.Offer(Payments.Table(Payments.Values(2, 3)), new float[3]);
        var taken = sampler.Take();
        Assert.Equal(18, taken.Sum(part => part.Rows.RowCount));
        var (rows, scores) = taken[^1];
        Assert.Equal([1, 2, 3, 4, 5], scores);
        Assert.Equal(values, Enumerable.Range(0, 5).SelectMany(row => Enumerable.Range(0, 3).Select(column => ((DoubleColumn)rows.Columns[column]).Cells.Span[row])));
        Assert.Empty(sampler.Take());
    }

    [Fact]
    public async Task The_metrics_of_a_model_that_was_taken_out_end_at_zero()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        _folder.Save("m.akm", Payments.Fit(1, rows: 2000));
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root, Monitoring = { SampleEvery = 1, WindowRows = 500 } };
        using var pool = new DetectorPool([], () => options, new Serving.Loading.ModelLoader(meters: null, factory, () => options.Monitoring), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await pool.ReloadAsync();
        Score(pool.GetModel("m"), Payments.Values(71, 1000, shift: 8), asTables: false);
        Assert.True(DriftGauges.Of(factory)["effect c0"] > 0.1);
        await pool.UnloadAsync("m");
        Assert.All(DriftGauges.Of(factory).Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task Every_tenth_row_is_looked_at_whatever_the_batches()
    {
        var model = await Serve(sampleEvery: 10, windowRows: 100_000);
        var values = Payments.Values(4, 700);
        for (int row = 0, size = 1; row < 700; row += size, size = (size % 7) + 1)
        {
            size = Math.Min(size, 700 - row);
            model.Score(values.AsSpan(row * 3, size * 3), new float[size]);
        }

        Assert.Equal(70, model.Monitor!.Snapshot().SampledRows);
        Assert.Equal(700, model.Counts.Rows);
    }

    [Fact]
    public void No_more_is_kept_than_there_is_room_for()
    {
        var sampler = new RowSampler(Payments.Fit(1).Preparation.Schema, every: 1);
        sampler.Offer(Payments.Values(1, 1500), new float[1500]);
        sampler.Offer(Payments.Table(Payments.Values(1, 10)), new float[10]);
        Assert.Equal((1024, 486), (sampler.SampledRows, sampler.SkippedRows));
        Assert.Equal(1024, sampler.Take().Sum(part => part.Rows.RowCount));
        Assert.Empty(sampler.Take());
    }

    [Fact]
    public async Task Rows_of_a_request_count_once_it_is_complete_and_never_if_it_is_discarded()
    {
        var model = await Serve(sampleEvery: 1, windowRows: 100_000);
        var request = model.BeginRequest();
        request.Score(Payments.Table(Payments.Values(1, 600)), new float[600]);
        request.Discard();
        request.Complete();
        Assert.Equal((0, 0), (model.Counts.Rows, model.Monitor!.Snapshot().SampledRows));
        for (int part = 0; part < 3; part++)
            request.Score(Payments.Table(Payments.Values(part, 600)), new float[600]);
        Assert.Equal(0, model.Counts.Rows);
        // A request keeps no more for the monitor than there is room for, and neither do two together.
        var other = model.BeginRequest();
        other.Score(Payments.Table(Payments.Values(9, 300)), new float[300]);
        other.Complete();
        request.Complete();
        var seen = model.Monitor.Snapshot();
        Assert.Equal((2100, 1024, 1076), (model.Counts.Rows, seen.SampledRows, seen.SkippedRows));
        request.Complete();
        Assert.Equal(2100, model.Counts.Rows);
    }

    [Fact]
    public async Task A_model_without_a_profile_is_not_watched()
    {
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 5 });
        _folder.Save("m.akm", trainer.Fit(Payments.Table(Payments.Values(1, 100)), new FitOptions { KeepProfile = false }));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        Assert.Null(pool.GetModel("m").Monitor);
        Assert.True(float.IsFinite(pool.GetModel("m").Score()));
    }

    [Fact]
    public async Task Scoring_allocates_nothing_once_it_is_warm()
    {
        var model = await Serve(sampleEvery: 10, windowRows: 100_000);
        var values = Payments.Values(4, 30);
        var scores = new float[30];
        for (int i = 0; i < 200; i++)
            model.Score(values, scores);
        // The runtime allocates on this thread as well, for instance where it compiles a method anew: what scoring takes is the least of several tries.
        long least = long.MaxValue;
        for (int i = 0; i < 20 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int call = 0; call < 100; call++)
                model.Score(values, scores);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference WatchAndEnd(IMeterFactory factory)
    {
        var monitor = ModelMonitor.Create("m", "1", Payments.Fit(1, rows: 2000), new ModelMonitoringOptions { SampleEvery = 1, WindowRows = 500 }, factory)!;
        monitor.Offer(Payments.Values(71, 1000, shift: 2), new float[1000]);
        monitor.TakeIn();
        var gauges = DriftGauges.Of(factory);
        Assert.True(gauges["columns"] >= 1 && gauges["effect c0"] > 0.1 && gauges["is_drifted"] == 1);
        monitor.Dispose();
        return new WeakReference(monitor);
    }

    private async Task<ServedModel> Serve(int sampleEvery, int windowRows, params string[] ignoredColumns)
    {
        _folder.Save("m.akm", Payments.Fit(1, rows: 2000));
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root, Monitoring = { SampleEvery = sampleEvery, WindowRows = windowRows } };
        foreach (string name in ignoredColumns)
            options.Monitoring.IgnoredColumns.Add(name);
        using var pool = Pools.Of(options);
        await pool.ReloadAsync();
        return pool.GetModel("m");
    }

    private static void Score(ServedModel model, double[] values, bool asTables)
    {
        // In steps, as the background takes what was sampled between them.
        for (int row = 0; row < values.Length / 3; row += 500)
        {
            double[] step = values[(row * 3)..((row + 500) * 3)];
            var scores = new float[500];
            if (asTables)
                model.Score(Payments.Table(step), scores);
            else
                model.Score(step, scores);
            model.Monitor!.TakeIn();
        }
    }
}
