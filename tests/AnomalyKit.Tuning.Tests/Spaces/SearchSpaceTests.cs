namespace AnomalyKit.Tuning.Tests.Spaces;

/// <summary>Spaces over trainers.</summary>
public sealed class SearchSpaceTests
{
    public static TheoryData<string> Trainers => [.. DetectorTrainers.Names];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_built_in_space_suits_its_trainer(string name)
    {
        var trainer = DetectorTrainers.Create(name, seed: 5);
        foreach (var space in new[] { SearchSpace.For(trainer), SearchSpace.For(trainer, 4, 1), SearchSpace.For(trainer, 60, 4), SearchSpace.For(trainer, 100_000, 300) })
        {
            space.Check(trainer);
            if (name != DetectorTrainers.Recommended)
                Assert.InRange(space.Dimensions.Count, 2, 6);
            for (int number = 0; number < 20; number++)
            {
                var point = new RandomSampler().Suggest(space, [], SearchDirection.Maximize, number);
                var applied = space.Apply(trainer, point);
                var described = space.Describe(point);
                Assert.Equal(applied, TrainerOptions.With(trainer, described.Select(option => $"{option.Key}={option.Value}")));
                var read = TrainerOptions.Read(applied).ToDictionary(option => option.Name, option => option.Value);
                Assert.All(described.Where(option => !option.Key.Contains('*')), option => Assert.Equal(option.Value, read[option.Key]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Points_of_a_built_in_space_can_be_fitted(string name)
    {
        // Sixty rows in folds of three quarters.
        var data = FeatureMatrix.FromRows([.. Enumerable.Range(0, 45).Select(row => new[] { row % 7f, row * row % 11f, row % 5 * 0.5f, row / 10f })]);
        var trainer = DetectorTrainers.Create(name);
        var space = SearchSpace.For(trainer, 45, 4);
        for (int number = 0; number < (name == DetectorTrainers.Recommended ? 2 : 8); number++)
        {
            var point = new SobolSampler().Suggest(space, [], SearchDirection.Maximize, number)!;
            Assert.NotNull(space.Apply(trainer, point).Fit(data));
        }
    }

    [Fact]
    public void An_ensemble_has_its_members_weights_and_first_options()
    {
        var space = SearchSpace.For(RecommendedEnsemble.Create(), 1000, 10);
        Assert.Equal(
            [
                "Combiner", "isolation-forest.Weight", "isolation-forest.SampleSize", "elliptic-envelope.Weight", "elliptic-envelope.SupportFraction", "nearest-neighbors.Weight",
                "nearest-neighbors.Neighbors",
            ],
            space.Dimensions.Select(dimension => dimension.Name));
    }

    [Fact]
    public void A_value_that_the_trainer_refuses_is_found_before_anything_runs()
    {
        var low = new SearchSpace(SearchDimension.Integer("SampleSize", 2, 99), SearchDimension.Integer("TreeCount", 0, 500));
        string message = Assert.Throws<ArgumentException>(() => low.Check(new IsolationForestTrainer())).Message;
        Assert.Contains("TreeCount: integer from 0 to 500", message, StringComparison.Ordinal);
        Assert.Contains("TreeCount=0", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new SearchSpace(SearchDimension.Choice("Scaling", "robust", "rubust")).Check(new IsolationForestTrainer())).Message;
        Assert.Contains("did you mean 'robust'?", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SearchSpace(SearchDimension.Real("Nu", 0.1, 0.2)).Check(new IsolationForestTrainer()));
        Assert.Throws<ArgumentException>(() => SearchSpace.For(new Other()));
    }

    [Fact]
    public void Trainers_of_other_people_are_set_by_code()
    {
        var space = new SearchSpace(
            SearchDimension.Real<Other>("Width", 0, 1, (trainer, value) => trainer with { Width = value }),
            SearchDimension.Integer<Other>("Count", 1, 9, (trainer, value) => trainer with { Count = value }),
            SearchDimension.Choice<Other, DistanceMetric>("Metric", [new("straight", DistanceMetric.Euclidean), new("blocks", DistanceMetric.Manhattan)], (trainer, value) => trainer with { Metric = value }));
        space.Check(new Other());
        var point = new SearchPoint([0.25, 7, 1]);
        Assert.Equal(new Other { Width = 0.25, Count = 7, Metric = DistanceMetric.Manhattan }, space.Apply(new Other(), point));
        Assert.Equal(new Dictionary<string, string> { ["Width"] = "0.25", ["Count"] = "7", ["Metric"] = "blocks" }, space.Describe(point));
        Assert.Contains("Other", Assert.Throws<ArgumentException>(() => space.Check(new IsolationForestTrainer())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preparations_are_searched_too()
    {
        var space = new SearchSpace(
            SearchDimension.Choice<TableTrainer, MissingCells>("Missing", [new("native", MissingCells.Native), new("median", MissingCells.Median)], (trainer, value) => trainer with { Preparation = trainer.Preparation with { Missing = value } }),
            SearchDimension.Integer("TreeCount", 10, 20));
        var trainer = new TableTrainer(new IsolationForestTrainer());
        space.Check(trainer);
        var applied = space.Apply(trainer, new SearchPoint([1, 15]));
        Assert.Equal(MissingCells.Median, applied.Preparation.Missing);
        Assert.Equal(15, ((IsolationForestTrainer)applied.Trainer).TreeCount);
    }

    [Fact]
    public void Points_of_another_space_are_refused()
    {
        var space = new SearchSpace(SearchDimension.Integer("TreeCount", 10, 20), SearchDimension.Choice("MaxDepth", "null", "3"));
        Assert.All(
            new double[][] { [15], [15, 0, 0], [9, 0], [15.5, 0], [15, 2], [double.NaN, 0], [15, -1] },
            values => Assert.Throws<ArgumentException>(() => space.Apply(new IsolationForestTrainer(), new SearchPoint(values))));
        Assert.Null(((IsolationForestTrainer)space.Apply(new IsolationForestTrainer { MaxDepth = 9 }, new SearchPoint([15, 0]))).MaxDepth);
    }

    private sealed record Other : IDetectorTrainer
    {
        public double Width { get; init; }

        public int Count { get; init; }

        public DistanceMetric Metric { get; init; }

        public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
