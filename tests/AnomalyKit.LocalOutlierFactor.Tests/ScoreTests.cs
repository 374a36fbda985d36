using FsCheck.Xunit;

namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Scores are those of the definition, on sets full of copies and ties too.</summary>
public sealed class ScoreTests
{
    public static TheoryData<string> SetNames => new(Sets.Names);

    [Theory]
    [MemberData(nameof(SetNames))]
    public void Local_outlier_factors_are_those_of_the_definition(string set)
    {
        var rows = Sets.Named(set, 300);
        foreach (var metric in Enum.GetValues<DistanceMetric>())
        {
            var naive = new Naive(rows, metric);
            float[] query = [.. naive.Row(3).Zip(naive.Row(200), (x, y) => (x / 2) + (y / 2))];
            foreach (int k in (int[])[1, 4, 20, 299])
            {
                var detector = new LocalOutlierFactorTrainer { Neighbors = k, Metric = metric }.Fit(rows);
                var (own, fresh) = naive.LocalOutlierFactors(k, naive.Row(7), query);
                for (int row = 0; row < 300; row++)
                    AssertClose(own[row], detector.TrainingScores[row], set, row);
                AssertClose(fresh[0], detector.Score(naive.Row(7)), set, 7);
                AssertClose(fresh[1], detector.Score(query), set, -1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SetNames))]
    public void Distances_are_those_of_the_definition(string set)
    {
        var rows = Sets.Named(set, 300);
        var naive = new Naive(rows);
        foreach (var distance in Enum.GetValues<NeighborDistance>())
        {
            foreach (int k in (int[])[1, 2, 5, 20])
            {
                var detector = new NearestNeighborsTrainer { Neighbors = k, Distance = distance }.Fit(rows);
                double[] own = naive.Distances(k, distance);
                for (int row = 0; row < 300; row++)
                    AssertClose(own[row], detector.TrainingScores[row], set, row);
                AssertClose(naive.NewDistance(naive.Row(7), k, distance), detector.Score(naive.Row(7)), set, 7);
            }
        }
    }

    [Fact]
    public void Subsets_are_averaged()
    {
        var rows = Sets.Named("normal3", 500);
        var trainer = new LocalOutlierFactorTrainer { Neighbors = 10, SampleSize = 100, SubsetCount = 3, Seed = 4 };
        var detector = trainer.Fit(rows);
        var subsets = ReferenceSubsets.Draw(500, 100, 3, 4);
        var expected = new double[500];
        foreach (int[]? subset in subsets)
        {
            var naive = new Naive(rows.SelectRows(subset!));
            var (own, fresh) = naive.LocalOutlierFactors(10, [.. Enumerable.Range(0, 500).Select(row => rows.Cells(row).ToArray())]);
            for (int row = 0; row < 500; row++)
                expected[row] += (Array.IndexOf(subset!, row) is >= 0 and var member ? own[member] : fresh[row]) / 3;
        }

        for (int row = 0; row < 500; row++)
            AssertClose(expected[row], detector.TrainingScores[row], "subsets", row);
        Assert.Equal(3, detector.SubsetCount);
        Assert.Equal(1, (trainer with { SampleSize = 500 }).Fit(rows).SubsetCount);
        Assert.True((trainer with { Threshold = ThresholdRule.Fixed(2) }).Fit(rows).TrainingScores.IsEmpty);
    }

    [Property(MaxTest = 30)]
    public void Scores_do_not_depend_on_units(int seed, byte power)
    {
        var rows = Sets.Named(seed % 2 == 0 ? "copies3" : "normal8", 200);
        float factor = MathF.ScaleB(1, (power % 20) - 10);
        float[] scaled = [.. rows.ContiguousCells(0).ToArray().Select(cell => cell * factor)];
        var trainer = new LocalOutlierFactorTrainer { Neighbors = 7 };
        Assert.Equal(
            trainer.Fit(rows).TrainingScores.ToArray(), trainer.Fit(FeatureMatrix.Wrap(scaled, rows.ColumnCount)).TrainingScores.ToArray());
    }

    [Property(MaxTest = 30)]
    public void Scores_do_not_depend_on_the_order_of_rows_without_ties(int seed)
    {
        var rows = Sets.Named("normal8", 200);
        int[] order = [.. Enumerable.Range(0, 200).OrderBy(row => (row * 7919L * (Math.Abs((long)seed) + 1)) % 1009)];
        var trainer = new LocalOutlierFactorTrainer { Neighbors = 9 };
        float[] expected = trainer.Fit(rows).TrainingScores.ToArray();
        float[] actual = trainer.Fit(rows.SelectRows(order)).TrainingScores.ToArray();
        for (int i = 0; i < order.Length; i++)
            Assert.Equal(expected[order[i]], actual[i], 1e-6f * expected[order[i]]);
    }

    [Fact]
    public void Every_engine_gives_the_same_model_but_for_its_name()
    {
        var rows = Sets.Named("clusters30", 2000);
        var tree = new LocalOutlierFactorTrainer { Engine = NeighborEngine.Tree, Neighbors = 30 }.Fit(rows);
        var brute = new LocalOutlierFactorTrainer { Engine = NeighborEngine.BruteForce, Neighbors = 30 }.Fit(rows);
        Assert.Equal(tree.TrainingScores.ToArray(), brute.TrainingScores.ToArray());
        Assert.Equal(tree.Model.Densities[0].Reachability, brute.Model.Densities[0].Reachability);
        Assert.Equal(tree.Score(rows), brute.Score(rows));
    }

    private static void AssertClose(double expected, float actual, string set, int row)
    {
        if (!(Math.Abs(expected - actual) <= 1e-6 * Math.Abs(expected)))
            Assert.Fail($"{set}, row {row}: {actual} instead of {expected}.");
    }
}
