using AnomalyKit.Numerics;

namespace AnomalyKit.Tests;

/// <summary>What the recommended ensembles do with narrow and wide data.</summary>
public sealed class RecommendedEnsembleTests
{
    public static TheoryData<bool> Sizes => [false, true];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Narrow_data_is_taken_as_it_is(bool small)
    {
        var ensemble = Create(small).Fit(Draw(400, 6));
        Assert.Equal(3, ensemble.Members.Count);
        Assert.Empty(ensemble.Findings);
        Assert.True(ensemble.Score([.. Enumerable.Repeat(9f, 6)]) > ensemble.Threshold);
        Assert.False(ensemble.Score(new float[6]) > ensemble.Threshold);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Wide_data_is_projected_for_what_would_take_long_and_the_model_says_so(bool small)
    {
        var data = Draw(150, 600);
        var trainer = Create(small);
        var ensemble = trainer.Fit(data);
        string[] projecting = small ? ["elliptic-envelope", "autoencoder"] : ["elliptic-envelope"];
        Assert.Equal([.. projecting.Select(name => $"{name}: 600 columns were projected onto 128 random orthonormal directions.")], ensemble.Findings.Select(finding => finding.Message));
        Assert.All(ensemble.Findings, finding => Assert.Equal(DataFindingKind.Projected, finding.Kind));

        using var file = new MemoryStream();
        ensemble.Save(file);
        file.Position = 0;
        var loaded = (EnsembleDetector)DetectorFile.Load(file);
        Assert.Equal(ensemble.Findings.Select(finding => finding.Message), loaded.Findings.Select(finding => finding.Message));
        Assert.Equal(ensemble.Score(data), loaded.Score(data));

        var attribution = ensemble.Attribute(data, 3);
        Assert.Equal(600, attribution.Contributions.Length);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Threads_do_not_change_a_bit(bool small)
    {
        var data = Draw(3_000, 5);
        var one = Create(small).FitAndScore(data, new FitOptions { MaxDegreeOfParallelism = 1 });
        var many = Create(small).FitAndScore(data, new FitOptions { MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.TrainingScores.ToArray(), many.TrainingScores.ToArray());
        Assert.Equal(one.Detector.Score(data), many.Detector.Score(data));
    }

    /// <summary>24 columns follow one cause; in every hundredth row one of them is shifted by eight times its noise, and its value is still usual by itself. The envelope sees it alone.</summary>
    [Fact]
    public void A_broken_relation_is_seen()
    {
        const int Rows = 5_000;
        const int Columns = 24;
        var random = new CounterRandom(2);
        var cells = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            double cause = random.NextGaussian();
            for (int column = 0; column < Columns; column++)
                cells[(row * Columns) + column] = (float)(cause + (0.3 * random.NextGaussian()));
            if (row % 100 == 0)
                cells[(row * Columns) + (row / 100 % Columns)] += row % 200 == 0 ? 2.4f : -2.4f;
        }

        int Found(EnsembleTrainer trainer)
        {
            var scores = trainer.FitAndScore(FeatureMatrix.Wrap(cells, Columns)).TrainingScores.ToArray();
            return Enumerable.Range(0, Rows).OrderByDescending(row => scores[row]).Take(Rows / 100).Count(row => row % 100 == 0);
        }

        Assert.InRange(Found(RecommendedEnsemble.Create(1)), 35, 50);
        Assert.InRange(Found(RecommendedEnsemble.Small(1)), 35, 50);
        Assert.InRange(Found(RecommendedEnsemble.Create(1) with { Combiner = ScoreCombiner.Mean }), 0, 10);
    }

    [Fact]
    public void Seeds_reach_all_members()
    {
        foreach (var (one, other) in RecommendedEnsemble.Create(1).Members.Zip(RecommendedEnsemble.Create(2).Members))
            Assert.NotEqual(one, other);
        Assert.All(RecommendedEnsemble.Small(1).Members.Zip(RecommendedEnsemble.Small(2).Members), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(RecommendedEnsemble.Small(5), RecommendedEnsemble.Small(5));
    }

    private static EnsembleTrainer Create(bool small) => small ? RecommendedEnsemble.Small(3) : RecommendedEnsemble.Create(3);

    private static FeatureMatrix Draw(int rows, int columns)
    {
        var random = new CounterRandom(4);
        return FeatureMatrix.Wrap(Array.ConvertAll(new float[rows * columns], _ => (float)random.NextGaussian()), columns);
    }
}
