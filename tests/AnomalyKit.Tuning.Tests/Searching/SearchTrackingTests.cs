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
        Assert.Equal("stratified:4", search.Start.Parameters["split"]);
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
        using var tracker = new MemoryTracker { CallsBeforeFailure = callsBefore };
        var found = Search.Run(LabeledRows.Make(), new SearchOptions { Tracker = tracker });

        Assert.Equal("The disk is full.", found.TrackingProblem);
        Assert.Equal(Search.Run(LabeledRows.Make()).BestValue, found.BestValue);
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
