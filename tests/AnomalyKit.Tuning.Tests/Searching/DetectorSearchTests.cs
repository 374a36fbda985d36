namespace AnomalyKit.Tuning.Tests;

public sealed class DetectorSearchTests
{
    private static readonly SearchSpace Weights = new(MixTrainer.WeightDimension);

    private static DetectorSearch Search(MixTrainer? trainer = null) => new(trainer ?? new MixTrainer()) { Space = Weights, TrialCount = 12, OuterFolds = 0 };

    [Fact]
    public void The_setting_that_finds_the_anomalies_is_found()
    {
        var found = Search().Run(LabeledRows.Make());

        Assert.InRange(((MixTrainer)found.Trainer).Weight, 0.6, 1);
        Assert.True(found.BestValue > found.Default.Value + 0.1);
        Assert.Equal(12, found.Trials.Count);
        Assert.Equal(Enumerable.Range(0, 12), found.Trials.Select(trial => trial.Number));
        Assert.Equal(found.Trials.Max(trial => trial.Value), found.BestValue);
        Assert.Equal(found.BestValue, found.Best.FoldValues.Average());
        Assert.Equal(4, found.FoldCount);
        Assert.Null(found.Estimate);
        Assert.Null(found.TableTrainer);
    }

    [Fact]
    public void The_trainer_as_it_is_wins_where_nothing_is_better()
    {
        var found = Search(new MixTrainer { Weight = 1 }) with { Space = new SearchSpace(SearchDimension.Real<MixTrainer>("Weight", 0, 0.3, (trainer, value) => trainer with { Weight = value })) };
        var result = found.Run(LabeledRows.Make());

        Assert.Equal(-1, result.Best.Number);
        Assert.Equal(1, ((MixTrainer)result.Trainer).Weight);
        Assert.Equal(result.Default.Value, result.BestValue);
    }

    [Fact]
    public void The_result_is_the_same_at_any_degree_of_parallelism()
    {
        var data = LabeledRows.Make(300, 12, columns: 3);
        var search = new DetectorSearch(new IsolationForestTrainer { TreeCount = 10 }) { TrialCount = 6, OuterFolds = 2 };
        SearchResult Run(int threads) => search.Run(data, new SearchOptions { MaxDegreeOfParallelism = threads });
        var (one, four) = (Run(1), Run(4));

        Assert.Equal(one.Trials.Select(trial => trial.ToString()), four.Trials.Select(trial => trial.ToString()));
        Assert.Equal(one.Trials.Select(trial => trial.Value), four.Trials.Select(trial => trial.Value));
        Assert.Equal(one.Trainer, four.Trainer);
        Assert.Equal(one.Estimate!.Value, four.Estimate!.Value);
        Assert.Equal(one.DefaultEstimate!.FoldValues, four.DefaultEstimate!.FoldValues);
    }

    [Fact]
    public void Trainers_see_no_labels_and_nothing_of_what_they_are_measured_on()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<(int Rows, bool HasLabels)>();
        Search(new MixTrainer { WhenFitted = data => seen.Add((data.RowCount, data.HasLabels)) }).Run(LabeledRows.Make());

        Assert.Equal(13 * 4, seen.Count);
        Assert.All(seen, fit => Assert.Equal((150, false), fit));
    }

    [Fact]
    public void Settings_that_fail_are_failed_trials()
    {
        var space = new SearchSpace(SearchDimension.Integer<MixTrainer>("Weight", 0, 9, (trainer, value) => value % 2 == 0
            ? trainer with { Weight = value / 10 }
            : trainer with { WhenFitted = _ => throw new ArgumentException($"no {value}") }));
        var found = (Search() with { Space = space, TrialCount = 20 }).Run(LabeledRows.Make());

        var failed = found.Trials.Where(trial => trial.State == TrialState.Failed).ToArray();
        Assert.NotEmpty(failed);
        Assert.All(failed, trial => Assert.Contains(": no ", trial.Problem, StringComparison.Ordinal));
        Assert.All(failed, trial => Assert.Null(trial.Value));
        Assert.Equal(TrialState.Finished, found.Best.State);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_metric_that_is_no_number_never_wins(double odd)
    {
        var metric = SearchMetric.Of("odd", (labels, scores) => DetectionMetrics.AveragePrecision(labels, scores) is var value && value > 0.5 ? odd : value);
        var found = (Search() with { Metric = metric }).Run(LabeledRows.Make());

        Assert.InRange(found.BestValue, 0, 0.5);
        Assert.Contains(found.Trials, trial => trial.State == TrialState.Failed && trial.Problem!.Contains("can be judged only by a number", StringComparison.Ordinal));
    }

    [Fact]
    public void A_metric_that_is_to_be_low_is_brought_down()
    {
        var metric = SearchMetric.Of("missed", (labels, scores) => 1 - DetectionMetrics.AveragePrecision(labels, scores), SearchDirection.Minimize);
        var found = (Search() with { Metric = metric }).Run(LabeledRows.Make());

        Assert.Equal(found.Trials.Min(trial => trial.Value), found.BestValue);
        Assert.True(found.BestValue < found.Default.Value);
    }

    [Fact]
    public void Where_every_setting_fails_the_reason_is_told()
    {
        var problem = Assert.Throws<ArgumentException>(() => Search(new MixTrainer { WhenFitted = _ => throw new ArgumentException("too few rows") }).Run(LabeledRows.Make()));

        Assert.Contains("too few rows", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_cannot_be_taken_is_refused_before_anything_is_fitted()
    {
        var search = Search(new MixTrainer { WhenFitted = _ => Assert.Fail("fitted") }) with { Metric = SearchMetric.PrecisionAtK(100) };

        Assert.Contains("50 held-out rows of fold 0", Assert.Throws<ArgumentException>(() => search.Run(LabeledRows.Make())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_is_cancelled_between_and_within_trials()
    {
        using var source = new CancellationTokenSource();
        int fits = 0;
        var search = Search(new MixTrainer
        {
            WhenFitted = _ =>
            {
                if (Interlocked.Increment(ref fits) == 7)
                    source.Cancel();
            },
        });

        Assert.ThrowsAny<OperationCanceledException>(() => search.Run(LabeledRows.Make(), new SearchOptions { MaxDegreeOfParallelism = 1 }, source.Token));
        Assert.Equal(7, fits);
    }

    [Fact]
    public void Fits_that_need_all_the_memory_run_alone()
    {
        int running = 0;
        int most = 0;
        var search = Search(new MixTrainer
        {
            Memory = 1000,
            WhenFitted = _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                Thread.Sleep(1);
                Interlocked.Decrement(ref running);
            },
        });
        (search with { MaxMemoryBytes = 1500 }).Run(LabeledRows.Make(), new SearchOptions { MaxDegreeOfParallelism = 4 });

        Assert.Equal(1, most);
    }

    [Fact]
    public void Progress_counts_every_trial_and_tells_the_best()
    {
        var reports = new Reports();
        var found = (Search() with { OuterFolds = 2 }).Run(LabeledRows.Make(), new SearchOptions { Progress = reports });

        Assert.Equal(Enumerable.Range(1, 3 * 13), reports.All.Select(report => report.DoneTrials));
        Assert.All(reports.All, report => Assert.Equal(39, report.TotalTrials));
        Assert.Equal(found.BestValue, reports.All[12].BestValue);
        Assert.Equal("estimating, outer fold 2 of 2", reports.All[^1].Stage);
        Assert.Equal(1, reports.All[^1].Fraction);
    }

    [Fact]
    public void A_preparation_takes_tables()
    {
        var search = new DetectorSearch(new TableTrainer(new IsolationForestTrainer()));

        Assert.Contains("takes tables", Assert.Throws<ArgumentException>(() => search.Run(LabeledRows.Make())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Options_out_of_range_are_refused(int value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Search() with { TrialCount = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => Search() with { MaxMemoryBytes = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => Search() with { OuterFolds = value - 1 });
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int known = most; known < value && Interlocked.CompareExchange(ref most, value, known) != known; known = most)
        {
        }
    }

    private sealed class Reports : IProgress<SearchProgress>
    {
        public List<SearchProgress> All { get; } = [];

        public void Report(SearchProgress value) => All.Add(value);
    }
}
