using AnomalyKit.Tests;

namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>What a distance to neighbours owes to each column, checked against its definitions.</summary>
public sealed class AttributionTests
{
    public static TheoryData<string, DistanceMetric> Cases()
    {
        var cases = new TheoryData<string, DistanceMetric>();
        foreach (string name in Sets.Names)
        {
            foreach (var metric in Enum.GetValues<DistanceMetric>())
                cases.Add(name, metric);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Laws_hold_for_rows_of_every_kind(string name, DistanceMetric metric)
    {
        var data = Sets.Named(name, 120);
        var unseen = Shaken(Sets.Named(name, 40));
        foreach (var distance in Enum.GetValues<NeighborDistance>())
        {
            var nearest = new NearestNeighborsTrainer { Neighbors = 6, Metric = metric, Distance = distance }.Fit(data);
            AttributionLaws.AddUp(nearest, data);
            AttributionLaws.AddUp(nearest, unseen);
        }

        var factor = new LocalOutlierFactorTrainer { Neighbors = 6, Metric = metric }.Fit(data);
        AttributionLaws.AddUp(factor, data);
        AttributionLaws.AddUp(factor, unseen);
        AttributionLaws.AreTheSameInAnyBatch(factor, unseen);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("standard")]
    [InlineData("robust")]
    [InlineData("min-max")]
    public void Laws_hold_behind_every_scaling(string scaling)
    {
        var data = Sets.Named("normal8", 600);
        foreach (var detector in Both(scaling))
        {
            AttributionLaws.AddUp(detector, data);
            AttributionLaws.AreTheSameInAnyBatch(detector, data);
            AttributionLaws.AllocateNothing(detector, data);
            AttributionLaws.GroupsAreSums(detector, data);
            AttributionLaws.NameTheMovedColumn(detector, data.Cells(3), [9, 9, 9, 9, 9, 9, 9, 9]);
        }

        IEnumerable<IAnomalyDetector> Both(string name)
        {
            var recipe = name switch
            {
                "standard" => FeatureScaling.Standard,
                "robust" => FeatureScaling.Robust,
                "min-max" => FeatureScaling.MinMax,
                _ => FeatureScaling.None,
            };
            foreach (var metric in Enum.GetValues<DistanceMetric>())
            {
                yield return new NearestNeighborsTrainer { Scaling = recipe, Metric = metric, SampleSize = 200, SubsetCount = 3 }.Fit(data);
                yield return new LocalOutlierFactorTrainer { Scaling = recipe, Metric = metric }.Fit(data);
            }
        }
    }

    [Fact]
    public void Distances_divide_as_the_straight_line_from_each_neighbour_collects_them()
    {
        var data = Sets.Named("normal3", 80);
        var naive = new Naive(data);
        var nearest = new NearestNeighborsTrainer { Neighbors = 5 }.Fit(data);
        var factor = new LocalOutlierFactorTrainer { Neighbors = 5 }.Fit(data);
        float[] row = [2.5f, -1, 0.4f];
        var neighbors = naive.Nearest(row, 5);
        var densities = factor.Model.Densities[0];
        double density = neighbors.Average(near => densities.Density[near.Row]);
        var distances = nearest.Attribute(row);
        var factors = factor.Attribute(row);
        for (int j = 0; j < 3; j++)
        {
            double distance = 0;
            double reach = 0;
            foreach (var near in neighbors)
            {
                float[] other = naive.Row(near.Row);
                distance += Along(row, other, j, 0) / 5;
                reach += Along(row, other, j, densities.KDistance[near.Row]) / 5;
            }

            Assert.Equal(distance, distances.Contributions[j], 1e-6);
            Assert.Equal(density * reach, factors.Contributions[j], 1e-3);
        }

        Assert.Equal(0, distances.Baseline);
        Assert.Equal(density * neighbors.Average(near => densities.KDistance[near.Row]), factors.Baseline, 1e-9);
    }

    [Fact]
    public void Chebyshev_distances_divide_as_their_game_does()
    {
        var data = Sets.Named("normal8", 60);
        var naive = new Naive(data, DistanceMetric.Chebyshev);
        var nearest = new NearestNeighborsTrainer { Neighbors = 4, Metric = DistanceMetric.Chebyshev }.Fit(data);
        float[] row = [1, -3, 0, 2, 0.5f, -0.5f, 4, 0];
        var expected = new double[8];
        foreach (var near in naive.Nearest(row, 4))
        {
            float[] other = naive.Row(near.Row);
            double[] values = AttributionLaws.Shapley(
                8, coalition => Enumerable.Range(0, 8).Where(j => (coalition >> j & 1) != 0).Select(j => Math.Abs((double)row[j] - other[j])).DefaultIfEmpty().Max());
            for (int j = 0; j < 8; j++)
                expected[j] += values[j] / 4;
        }

        var actual = nearest.Attribute(row);
        for (int j = 0; j < 8; j++)
            Assert.Equal(expected[j], actual.Contributions[j], 1e-9);
    }

    [Fact]
    public void No_evidence_gives_zeros()
    {
        // Every row has more copies than there are neighbours.
        var data = FeatureMatrix.Wrap(Enumerable.Range(0, 60).Select(i => (float)(i % 6)).ToArray(), 2);
        var copies = new NearestNeighborsTrainer { Neighbors = 4 }.Fit(data);
        Assert.Equal([0, 0], copies.Attribute(data.Cells(0)).Contributions.ToArray());

        // Within the k-distances of all its neighbours, no column changes the local outlier factor.
        var grid = Sets.Named("grid2", 31 * 31);
        var factor = new LocalOutlierFactorTrainer { Neighbors = 8 }.Fit(grid);
        var middle = factor.Attribute([15f, 15f]);
        Assert.Equal([0, 0], middle.Contributions.ToArray());
        Assert.Equal(middle.Baseline, middle.Explained);
        Assert.Empty(middle.Top(2));
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Manhattan)]
    [InlineData(DistanceMetric.Chebyshev)]
    public void Copies_share_alike_and_constants_get_nothing_unless_a_row_departs_from_them(DistanceMetric metric)
    {
        var source = Sets.Named("normal3", 200);
        float[] cells = [.. Enumerable.Range(0, 200).SelectMany(row => (float[])[source.Cells(row)[0], source.Cells(row)[1], 7, source.Cells(row)[1]])];
        var data = FeatureMatrix.Wrap(cells, 4);
        foreach (var detector in (IAnomalyDetector[])[new NearestNeighborsTrainer { Metric = metric }.Fit(data), new LocalOutlierFactorTrainer { Metric = metric }.Fit(data)])
        {
            for (int row = 0; row < 50; row++)
            {
                float[] moved = data.Cells(row).ToArray();
                moved[1] += row * 0.1f;
                moved[3] = moved[1];
                var attribution = detector.Attribute(moved);
                Assert.Equal(0, attribution.Contributions[2]);
                Assert.Equal(attribution.Contributions[1], attribution.Contributions[3], 1e-12);
            }

            float[] departed = data.Cells(0).ToArray();
            departed[2] = -100;
            Assert.Equal(2, detector.Attribute(departed).Top(1)[0].Index);
        }
    }

    /// <summary>The part of column j in what max(least, |x − o|) gains on the straight line from o to x, by small steps.</summary>
    private static double Along(float[] row, float[] other, int column, double least)
    {
        const int Steps = 20_000;
        double length = Math.Sqrt(row.Zip(other, (x, y) => ((double)x - y) * ((double)x - y)).Sum());
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double t = (i + 0.5) / Steps;
            if (t * length > least)
                sum += (row[column] - other[column]) * ((row[column] - other[column]) * t / (t * length)) / Steps;
        }

        return sum;
    }

    private static FeatureMatrix Shaken(FeatureMatrix data)
    {
        float[] cells = data.ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i += 3)
            cells[i] *= 0.5f;
        return FeatureMatrix.Wrap(cells, data.ColumnCount);
    }
}
