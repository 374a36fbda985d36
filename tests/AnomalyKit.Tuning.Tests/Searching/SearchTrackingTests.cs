namespace AnomalyKit.Tuning.Tests;

public sealed class SearchTrackingTests
{
    private static DetectorSearch Search => new(new MixTrainer()) { Space = new SearchSpace(MixTrainer.WeightDimension), TrialCount = 3, OuterFolds = 2 };

    [Fact]
    public void A_search_is_a_run_and_its_trials_are_runs_within_it()
    {
        using var tracker = new MemoryTracker();
        var found = Search.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker });

        Assert.Null(found.TrackingProblem);
        var search = tracker.Runs[0];
        Assert.Equal(found.BestValue, search.Metrics.Single(point => point.Name == "best_average_precision").Value);
        Assert.Equal(found.Estimate!.Value, search.Metrics.Single(point => point.Name == "estimate_average_precision").Value);
        Assert.Equal("stratified:4 seed 0", search.Start.Parameters["split"]);
        Assert.Equal("none", search.Start.Parameters["pruning"]);
        Assert.Equal(["default", "trial 0", "trial 1", "trial 2"], tracker.Runs.Skip(1).Select(run => run.Start.Name).Order());
        Assert.All(tracker.Runs.Skip(1), run => Assert.Equal(search.Id, run.Start.ParentRunId));
        Assert.All(tracker.Runs, run => Assert.Equal(RunStatus.Finished, run.Status));
        var trial = tracker.Runs.Single(run => run.Start.Name == "trial 0");
        Assert.Equal(found.Trials[0].Options, trial.Start.Parameters);
        Assert.Equal(found.Trials[0].Value, trial.Metrics.Single(point => point.Name == "average_precision").Value);
        Assert.Equal(found.Trials[0].FoldValues, trial.Metrics.Where(point => point.Name.StartsWith("average_precision_fold_", StringComparison.Ordinal)).Select(point => point.Value));
        Assert.Equal("finished", trial.Tags["state"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void A_tracker_that_fails_does_not_end_the_search(int callsBefore)
    {
        using var tracker = new MemoryTracker { Failure = call => call > callsBefore ? new RunTrackingException("The disk is full.") : null };
        var found = Search.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker });

        Assert.Equal("The disk is full.", found.TrackingProblem);
        Assert.Equal(Search.Run(LabeledRows.Make()).BestValue, found.BestValue);
    }

    [Fact]
    public void A_problem_that_passes_does_not_let_the_search_look_failed()
    {
        using var tracker = new MemoryTracker { Failure = call => call == 6 ? new RunTrackingException("The store is locked.") : null };
        var found = Search.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker });

        Assert.Equal("The store is locked.", found.TrackingProblem);
        Assert.Equal("The store is locked.", tracker.Runs[0].Tags["problem"]);
        Assert.All(tracker.Runs, run => Assert.Equal(RunStatus.Finished, run.Status));
    }

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(TaskCanceledException))]
    public void Whatever_a_tracker_throws_the_search_has_its_result(Type failure)
    {
        using var tracker = new MemoryTracker { Failure = call => call > 4 ? (Exception)Activator.CreateInstance(failure, "No.")! : null };
        var found = Search.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker });

        Assert.Equal("No.", found.TrackingProblem);
    }

    [Fact]
    public void A_metric_whose_name_cannot_be_kept_costs_the_tracking_and_not_the_search()
    {
        string folder = Directory.CreateTempSubdirectory("anomalykit-search-").FullName;
        try
        {
            using var store = RunStore.Open(Path.Combine(folder, "runs.db"));
            var metric = SearchMetric.Of("F1 (macro)", (labels, scores) => DetectionMetrics.AveragePrecision(labels, scores));
            var search = new DetectorSearch(new MixTrainer()) { Space = new SearchSpace(MixTrainer.WeightDimension), TrialCount = 2, OuterFolds = 0, Metric = metric };
            var found = search.Run(LabeledRows.Make(), new SearchOptions { Tracker = store });

            Assert.Contains("'F1 (macro)'", found.TrackingProblem, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_name_of_the_study_that_cannot_be_kept_is_refused_before_the_work()
    {
        int fits = 0;
        using var tracker = new MemoryTracker { Failure = call => call == 1 ? new ArgumentException("The name is odd.") : null };
        var search = new DetectorSearch(new MixTrainer { WhenFitted = _ => fits++ }) { Space = new SearchSpace(MixTrainer.WeightDimension) };

        Assert.Contains("odd", Assert.Throws<ArgumentException>(() => search.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker })).Message, StringComparison.Ordinal);
        Assert.Equal(0, fits);
    }

    [Fact]
    public void A_cancelled_search_leaves_no_run_open()
    {
        using var tracker = new MemoryTracker();
        using var source = new CancellationTokenSource();
        int fits = 0;
        var trainer = new MixTrainer
        {
            WhenFitted = _ =>
            {
                if (Interlocked.Increment(ref fits) == 6)
                    source.Cancel();
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new DetectorSearch(trainer) { Space = new SearchSpace(MixTrainer.WeightDimension) }.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker }, source.Token));
        Assert.Equal(RunStatus.Killed, tracker.Runs[0].Status);
        Assert.DoesNotContain(tracker.Runs, run => run.Status == RunStatus.Running);
    }
}
