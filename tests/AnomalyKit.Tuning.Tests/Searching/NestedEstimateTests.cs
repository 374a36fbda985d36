namespace AnomalyKit.Tuning.Tests;

public sealed class NestedEstimateTests
{
    [Fact]
    public void The_value_selected_on_is_optimistic_and_the_estimate_is_not()
    {
        var (selected, estimated) = (new List<double>(), new List<double>());
        for (ulong seed = 0; seed < 16; seed++)
        {
            var search = new DetectorSearch(new MixTrainer()) { Space = new SearchSpace(MixTrainer.WeightDimension), Metric = SearchMetric.RocAuc, TrialCount = 6, Seed = seed };
            // Moved by nothing: labels say nothing about rows.
            var found = search.Run(LabeledRows.Make(160, 16, shift: 0, seed: seed + 1));
            Assert.Equal(found.Estimate!.Value > found.BestValue, found.IsUnsettled);
            selected.Add(found.BestValue);
            estimated.Add(found.Estimate.Value);
        }

        Assert.InRange(estimated.Average(), 0.45, 0.55);
        Assert.True(selected.Average() > estimated.Average() + 0.02, $"selected {selected.Average()}, estimated {estimated.Average()}");
    }

    [Fact]
    public void An_estimate_above_what_was_selected_on_is_told()
    {
        // The search over all rows comes first, and finds little; those of the outer folds find more.
        var search = new DetectorSearch(new MixTrainer { Weight = 0 }) { Space = new SearchSpace(MixTrainer.WeightDimension), Sampler = new LateSampler(0.3, 1), TrialCount = 1 };
        var found = search.Run(LabeledRows.Make());
        Assert.True(found.Estimate!.Value > found.BestValue);
        Assert.True(found.IsUnsettled);
        Assert.Equal("0.3", found.Best.Options["Weight"]);
        Assert.All(found.OuterBest, trial => Assert.Equal("1", trial.Options["Weight"]));

        found = (search with { Sampler = new LateSampler(1, 0.3) }).Run(LabeledRows.Make());
        Assert.False(found.IsUnsettled);
        Assert.All(found.OuterBest, trial => Assert.Equal("0.3", trial.Options["Weight"]));
    }

    [Fact]
    public void Equal_settings_are_settled_whatever_the_folds()
    {
        // Two outer folds and four inner ones: the figures are of other rows, and of one setting.
        for (ulong seed = 1; seed <= 12; seed++)
        {
            var search = new DetectorSearch(new MixTrainer { Weight = 1 }) { Space = new SearchSpace(MixTrainer.WeightDimension), Sampler = new LateSampler(0, 0), TrialCount = 1, OuterFolds = 2, Seed = seed };
            Assert.False(search.Run(LabeledRows.Make(80, 12, shift: 2, seed: seed)).IsUnsettled);
        }
    }

    /// <summary>One point when it is first asked, another one ever after.</summary>
    private sealed class LateSampler(double first, double later) : SearchSampler
    {
        private int _asked;

        public override string ToString() => "late";

        public override SearchPoint Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number) =>
            new([Interlocked.Increment(ref _asked) == 1 ? first : later]);
    }

    [Fact]
    public void The_estimate_comes_with_an_interval_and_with_that_of_the_trainer_as_it_was()
    {
        var search = new DetectorSearch(new MixTrainer()) { Space = new SearchSpace(MixTrainer.WeightDimension), TrialCount = 8 };
        var found = search.Run(LabeledRows.Make());

        Assert.Equal(20, found.Estimate!.AnomalyCount);
        Assert.Equal(4, found.Estimate.FoldValues.Count);
        Assert.True(found.Estimate.Low < found.Estimate.Value && found.Estimate.Value < found.Estimate.High);
        Assert.True(found.Estimate.Value > found.DefaultEstimate!.Value);
        Assert.Null(found.EstimateProblem);
        // What was selected for each of the four, and is measured there.
        Assert.Equal(4, found.OuterBest.Count);
        Assert.All(found.OuterBest, trial => Assert.True(trial.Value >= found.DefaultEstimate.Low));
        Assert.All(found.OuterBest, trial => Assert.InRange(double.Parse(trial.Options["Weight"], System.Globalization.CultureInfo.InvariantCulture), 0.2, 1));
    }

    [Fact]
    public void With_too_few_anomalies_there_is_no_estimate_and_the_reason_is_told()
    {
        var search = new DetectorSearch(new MixTrainer()) { Space = new SearchSpace(MixTrainer.WeightDimension), TrialCount = 4 };
        var found = search.Run(LabeledRows.Make(100, 2));

        Assert.Null(found.Estimate);
        Assert.Empty(found.OuterBest);
        Assert.False(found.IsUnsettled);
        Assert.Contains("1 of the 50 rows is labeled an anomaly", found.EstimateProblem, StringComparison.Ordinal);
        Assert.Equal(2, found.FoldCount);
    }

    [Fact]
    public void Estimates_in_time_never_look_ahead()
    {
        var seen = new List<float>();
        float[] cells = [.. Enumerable.Range(0, 120).SelectMany(row => new float[] { row, row % 7 })];
        var data = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(2), Enumerable.Range(0, 120).Select(row => row % 7 == 6).ToArray());
        var trainer = new MixTrainer { WhenFitted = fitted => seen.Add(Enumerable.Range(0, fitted.RowCount).Max(row => fitted.Cells(row)[0])) };
        var search = new DetectorSearch(trainer) { Space = new SearchSpace(MixTrainer.WeightDimension), TrialCount = 2, Split = ValidationSplit.TimeOrdered(3), OuterFolds = 2 };
        var found = search.Run(data, new SearchOptions { MaxDegreeOfParallelism = 1 });

        Assert.Equal(2, found.Estimate!.FoldValues.Count);
        // The first outer fold may look at the first third of the rows, the second one at two thirds.
        Assert.Equal(new[] { 39f, 79f, 89f }, seen.Where(last => last is 39 or 79 or 89).Distinct().Order());
        Assert.All(seen, last => Assert.True(last < 90));
    }
}
