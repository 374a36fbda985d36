namespace AnomalyKit.Tuning.Tests;

public sealed class PruningTests
{
    private static readonly FeatureMatrix Data = LabeledRows.Make(900, 60);

    private static DetectorSearch Search(Action<FeatureMatrix>? whenFitted = null) => new(new MixTrainer { WhenFitted = whenFitted })
    {
        Space = new SearchSpace(MixTrainer.WeightDimension),
        TrialCount = 18,
        OuterFolds = 0,
        Split = ValidationSplit.Stratified(3),
        Pruning = new SuccessiveHalving { MinRows = 1 },
    };

    [Fact]
    public void Two_of_eighteen_trials_see_all_rows()
    {
        var found = Search().Run(Data);

        Assert.Equal(2, found.Trials.Count(trial => trial.State == TrialState.Finished));
        Assert.Equal(16, found.Trials.Count(trial => trial.State == TrialState.Pruned));
        Assert.Equal([1, 2, 3], found.Trials.Select(trial => trial.RungValues.Count).Distinct().Order());
        Assert.Equal(TrialState.Finished, found.Best.State);
        Assert.True(found.BestValue > found.Default.Value);
    }

    [Fact]
    public void The_rows_of_a_rung_are_among_those_of_the_next_one()
    {
        var seen = new List<HashSet<float>>();
        Search(data =>
        {
            lock (seen)
                seen.Add([.. Enumerable.Range(0, data.RowCount).Select(row => data.Cells(row)[1])]);
        }).Run(Data, new SearchOptions { MaxDegreeOfParallelism = 1 });

        var bySize = seen.GroupBy(rows => rows.Count).OrderBy(group => group.Key).ToArray();
        Assert.Equal([67, 200, 600], bySize.Select(group => group.Key));
        // Three folds, so three sets of rows at each rung, each within one of the next.
        for (int rung = 0; rung < 2; rung++)
            Assert.All(bySize[rung], rows => Assert.Contains(bySize[rung + 1], rows.IsSubsetOf));
    }

    [Fact]
    public void The_result_is_the_same_at_any_degree_of_parallelism()
    {
        SearchResult Run(int threads) => Search().Run(Data, new SearchOptions { MaxDegreeOfParallelism = threads });
        var (one, five) = (Run(1), Run(5));

        Assert.Equal(one.Trials.Select(trial => trial.ToString()), five.Trials.Select(trial => trial.ToString()));
        Assert.Equal(one.Trials.SelectMany(trial => trial.RungValues), five.Trials.SelectMany(trial => trial.RungValues));
        Assert.Equal(one.Trainer, five.Trainer);
    }

    [Fact]
    public void Trackers_hear_of_pruned_trials_and_of_every_rung()
    {
        using var tracker = new MemoryTracker();
        var found = Search().Run(Data, new SearchOptions { Tracker = tracker });

        Assert.Equal(16, tracker.Runs.Count(run => run.Tags.GetValueOrDefault("state") == "pruned"));
        var best = tracker.Runs.Single(run => run.Start.Name == $"trial {found.Best.Number}");
        Assert.Equal(found.Pruning!.ToString(), tracker.Runs[0].Start.Parameters["pruning"]);
        Assert.Equal(found.Best.RungValues, best.Metrics.Where(point => point.Name == "average_precision").OrderBy(point => point.Step).Select(point => point.Value));
        Assert.DoesNotContain(tracker.Runs, run => run.Status == RunStatus.Running);
    }

    [Fact]
    public void A_metric_that_the_first_rung_has_too_few_rows_for_is_refused_at_once()
    {
        int fits = 0;
        var search = Search(_ => fits++) with { Metric = SearchMetric.PrecisionAtK(150) };
        var problem = Assert.Throws<ArgumentException>(() => search.Run(Data));
        Assert.Contains("the first rung of the pruning", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, fits);
        Assert.NotNull((search with { Pruning = null }).Run(Data));
    }

    [Theory]
    [InlineData(60, new[] { 67, 200, 600 })]
    [InlineData(67, new[] { 200, 600 })]
    [InlineData(200, new[] { 200, 600 })]
    [InlineData(201, new[] { 600 })]
    [InlineData(500, new[] { 600 })]
    public void A_rung_has_at_least_as_many_rows_as_are_asked_for(int minRows, int[] rungs)
    {
        var seen = new List<int>();
        var search = Search(data =>
        {
            lock (seen)
                seen.Add(data.RowCount);
        }) with
        { Pruning = new SuccessiveHalving { MinRows = minRows } };
        var found = search.Run(Data);

        Assert.Equal(rungs, seen.Distinct().Order());
        Assert.Equal(rungs.Length, found.Trials.Max(trial => trial.RungValues.Count));
        Assert.Equal(rungs.Length, found.Pruning?.Fractions.Count ?? 1);
    }

    [Fact]
    public void Outer_searches_prune_as_the_search_does()
    {
        // Its folds would have 600 rows, those of its outer folds 450: a third of these is too few, so nobody prunes.
        var seen = new List<int>();
        var search = Search(data =>
        {
            lock (seen)
                seen.Add(data.RowCount);
        }) with
        { Pruning = new SuccessiveHalving { MinRows = 160 }, Split = ValidationSplit.Stratified(3), OuterFolds = 4, TrialCount = 4 };
        var found = search.Run(Data);

        Assert.NotNull(found.Estimate);
        Assert.All(found.Trials, trial => Assert.Single(trial.RungValues));
        Assert.All(seen, rows => Assert.True(rows >= 450));
    }

    [Fact]
    public void Options_that_count_rows_shrink_with_the_rows()
    {
        var nearest = new NearestNeighborsTrainer { Neighbors = 90 };
        Assert.Equal(nearest with { Neighbors = 10 }, FewerRows.Trainer(nearest, 100, 900));
        // Of a sample, all rows are more than it holds.
        Assert.Equal(nearest with { SampleSize = 100 }, FewerRows.Trainer(nearest with { SampleSize = 100 }, 100, 900));
        Assert.Equal(nearest with { SampleSize = 200, Neighbors = 45 }, FewerRows.Trainer(nearest with { SampleSize = 200 }, 100, 900));
        Assert.Equal(nearest with { Neighbors = 2 }, FewerRows.Trainer(nearest with { Neighbors = 5 }, 100, 900));
        Assert.Equal(nearest with { Neighbors = 1 }, FewerRows.Trainer(nearest with { Neighbors = 1 }, 100, 900));
        Assert.Equal(new LocalOutlierFactorTrainer { Neighbors = 30 }, FewerRows.Trainer(new LocalOutlierFactorTrainer { Neighbors = 60 }, 50, 100));
        Assert.Equal(new EllipticEnvelopeTrainer { SupportFraction = 0.6, RandomStarts = 0 }, FewerRows.Trainer(new EllipticEnvelopeTrainer { SupportFraction = 0.6 }, 50, 100));
        var forest = new IsolationForestTrainer { SampleSize = 64 };
        Assert.Same(forest, FewerRows.Trainer(forest, 50, 100));
        var ensemble = new EnsembleTrainer { Members = [new("a", forest), new("b", nearest) { Weight = 3 }] };
        Assert.Equal(ensemble with { Members = [new("a", forest), new("b", nearest with { Neighbors = 45 }) { Weight = 3 }] }, FewerRows.Trainer(ensemble, 50, 100));
        // What depends on the rows by itself is left to do so.
        Assert.Equal(new NearestNeighborsTrainer(), FewerRows.Trainer(new NearestNeighborsTrainer(), 50, 100));
    }
}
