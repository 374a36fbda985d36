using FsCheck.Xunit;

namespace AnomalyKit.Tests;

public sealed class TrainerOptionsTests
{
    [Fact]
    public void Options_are_set_by_name()
    {
        string[] forest = ["TreeCount=200", "sample-size=128", "MaxDepth=7", "FeaturesPerTree=3", "Scaling=Robust", "Threshold=contamination:0.002", "Calibration=rank", "Seed=18446744073709551615"];
        Assert.Equal(
            new IsolationForestTrainer
            {
                TreeCount = 200,
                SampleSize = 128,
                MaxDepth = 7,
                FeaturesPerTree = 3,
                Scaling = FeatureScaling.Robust,
                Threshold = ThresholdRule.Contamination(0.002),
                Calibration = ScoreCalibration.Rank(),
                Seed = ulong.MaxValue,
            },
            TrainerOptions.With(new IsolationForestTrainer(), forest));
        string[] svm = ["Nu=0.1", "Kernel=polynomial:2,0.5,1", "Approximation=nystroem:64,9", "CacheBytes=0", "MaxIterations=5000000000", "Scaling=robust-whitening"];
        Assert.Equal(
            new OneClassSvmTrainer
            {
                Nu = 0.1,
                Kernel = SvmKernel.Polynomial(2, 0.5, 1),
                Approximation = new() { LandmarkCount = 64, Seed = 9 },
                CacheBytes = 0,
                MaxIterations = 5_000_000_000,
                Scaling = new RobustWhitening(),
            },
            TrainerOptions.With(new OneClassSvmTrainer(), svm));
        string[] network = ["HiddenWidths=16,8", "Activation=tanh", "Patience=3", "MaxGradientNorm=1.5", "Measure=mean-square", "Schedule=cosine"];
        Assert.Equal(
            new AutoencoderTrainer { HiddenWidths = [16, 8], Activation = NetworkActivation.Tanh, Patience = 3, MaxGradientNorm = 1.5, Measure = ErrorMeasure.MeanSquare, Schedule = LearningRateSchedule.Cosine },
            TrainerOptions.With(new AutoencoderTrainer(), network));
        string[] neighbors = ["Neighbors=5", "Distance=largest", "Engine=brute-force", "Metric=Manhattan"];
        Assert.Equal(
            new NearestNeighborsTrainer { Neighbors = 5, Distance = NeighborDistance.Largest, Engine = NeighborEngine.BruteForce, Metric = DistanceMetric.Manhattan },
            TrainerOptions.With(new NearestNeighborsTrainer(), neighbors));
    }

    [Fact]
    public void Members_of_an_ensemble_are_set_by_their_names()
    {
        var networks = new EnsembleTrainer { Members = [.. Enumerable.Range(1, 3).Select(network => new EnsembleMember($"network-{network}", new AutoencoderTrainer()))] };
        var recommended = RecommendedEnsemble.Create(4);
        var ensemble = recommended with { Members = [.. recommended.Members, new("networks", networks)] };
        string[] settings =
        [
            "isolation-forest.TreeCount=50", "elliptic-envelope.Weight=2.5", "networks.*.MaxEpochs=5", "networks.network-2.BatchSize=64", "networks.Weighting=consensus", "Combiner=trimmed-mean:0.1",
            "Threshold=quantile:0.9",
        ];
        var changed = TrainerOptions.With(ensemble, settings);
        Assert.Equal(50, ((IsolationForestTrainer)changed.Members[0].Trainer).TreeCount);
        Assert.Equal(4UL, ((IsolationForestTrainer)changed.Members[0].Trainer).Seed);
        Assert.Equal(2.5, changed.Members[1].Weight);
        networks = (EnsembleTrainer)changed.Members[3].Trainer;
        Assert.Equal(MemberWeighting.Consensus, networks.Weighting);
        Assert.Equal([5, 5, 5], networks.Members.Select(member => ((AutoencoderTrainer)member.Trainer).MaxEpochs));
        Assert.Equal([256, 64, 256], networks.Members.Select(member => ((AutoencoderTrainer)member.Trainer).BatchSize));
        Assert.Equal(ensemble.Members[2], changed.Members[2]);
        Assert.Equal(ScoreCombiner.TrimmedMean(0.1), changed.Combiner);
        Assert.Equal(100, ((IsolationForestTrainer)ensemble.Members[0].Trainer).TreeCount);

        var options = TrainerOptions.Read(changed).ToDictionary(option => option.Name);
        Assert.Equal("50", options["isolation-forest.TreeCount"].Value);
        Assert.Equal("100", options["isolation-forest.TreeCount"].Default);
        Assert.Equal("quantile-range:0.15", options["nearest-neighbors.Scaling"].Value);
        Assert.Equal("none", options["nearest-neighbors.Scaling"].Default);
        Assert.Equal("64", options["networks.network-2.BatchSize"].Value);
    }

    [Fact]
    public void Reading_all_options_and_writing_them_into_a_new_trainer_gives_the_same_trainer()
    {
        foreach (string name in DetectorTrainers.Names)
        {
            var trainer = DetectorTrainers.Create(name, 7);
            var copy = TrainerOptions.With(DetectorTrainers.Create(name, 8), TrainerOptions.Read(trainer).Select(option => $"{option.Name}={option.Value}"));
            Assert.Equal(trainer, copy);
        }
    }

    [Property(MaxTest = 200)]
    public void Numbers_come_back_to_the_bit(double value, int whole)
    {
        double tolerance = Math.Abs(value);
        if (tolerance > 0 && double.IsFinite(tolerance))
            Check(new OneClassSvmTrainer { Tolerance = tolerance });
        Check(new IsolationForestTrainer { FirstTree = whole & int.MaxValue });

        static void Check<T>(T trainer)
            where T : class, IDetectorTrainer, new() =>
            Assert.Equal(trainer, TrainerOptions.With(new T(), TrainerOptions.Read(trainer).Select(option => $"{option.Name}={option.Value}")));
    }

    [Theory]
    [InlineData("TreeCount=0", "TreeCount=0: TreeCount must lie between 1 and 1000000.")]
    [InlineData("TreeCount=many", "TreeCount=many: 'many' is not a whole number that fits 32 bits. Allowed: from 1 to 1,000,000.")]
    [InlineData("TreeCount=", "TreeCount=: '' is not a whole number that fits 32 bits. Allowed: from 1 to 1,000,000.")]
    [InlineData("TreeCount", "The setting 'TreeCount' has no option and value with an equals sign between; write for example TreeCount=100.")]
    [InlineData("Scaling=robus", "Scaling=robus: There is no scaling 'robus'; did you mean 'robust'? Write one of: none, standard, min-max, robust, quantile-range[:TAIL], projected:COLUMNS[,SCALING[,SEED]].")]
    [InlineData("TreeCuont=5", "isolation-forest has no option 'TreeCuont'; did you mean 'TreeCount'? It has TreeCount, SampleSize, MaxDepth, FeaturesPerTree, FirstTree, Scaling, Threshold, Calibration, Seed.")]
    [InlineData("Seed=-1", "Seed=-1: '-1' is not a seed, a whole number from 0 to 18446744073709551615. Allowed: a whole number from 0 to 18446744073709551615.")]
    public void Errors_are_one_line_with_the_remedy(string setting, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TrainerOptions.With(new IsolationForestTrainer(), [setting])).Message);

    [Theory]
    [InlineData("MaxEpochs=5", "ensemble has no option 'MaxEpochs'. It has Combiner, ")]
    [InlineData("isolation-forest.TreeCount=0", "Member 'isolation-forest': TreeCount=0: TreeCount must lie between 1 and 1000000.")]
    [InlineData("isolation-forest.Weight=0", "Member 'isolation-forest': A member's weight is a finite number above 0.")]
    [InlineData("isolation-forrest.TreeCount=5", "ensemble has no option 'isolation-forrest.TreeCount'; did you mean 'isolation-forest.TreeCount'? ")]
    [InlineData("MemberCalibration=conformal", "MemberCalibration=conformal: The calibration 'conformal, 0.25 of the rows set aside' sets rows aside, which members cannot each do for themselves. Set the ensemble's Calibration to it.")]
    [InlineData("isolation-forest.=5", "Member 'isolation-forest': isolation-forest has no option ''. ")]
    public void Errors_of_an_ensemble_name_the_member(string setting, string start) =>
        Assert.StartsWith(start, Assert.Throws<ArgumentException>(() => TrainerOptions.With(RecommendedEnsemble.Create(), [setting])).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_without_a_text_are_told_in_words()
    {
        var ensemble = new EnsembleTrainer { Members = [new("mine", new Mine())], Threshold = ThresholdRule.FalseDiscoveryRate(0.1, (TailCalibrator)ScoreCalibration.Rank().Fit([1f, 2f])!) };
        var options = TrainerOptions.Read(ensemble).ToDictionary(option => option.Name);
        Assert.Equal("false-discovery rate 0.1", options["Threshold"].Value);
        Assert.False(options["Threshold"].HasText);
        Assert.Equal("mine.Weight", Assert.Single(options.Keys, name => name.StartsWith("mine.", StringComparison.Ordinal)));
        Assert.Contains("Mine is not a trainer of AnomalyKit", Assert.Throws<ArgumentException>(() => TrainerOptions.With(ensemble, "mine.Depth", "3")).Message, StringComparison.Ordinal);
        Assert.Empty(TrainerOptions.Read(new Mine()));
    }

    private sealed class Mine : IDetectorTrainer
    {
        public IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
