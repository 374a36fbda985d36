using AnomalyKit.LocalOutlierFactor.Search;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Every engine and kernel finds the neighbours that the definition gives, ties included.</summary>
public sealed class SearchTests
{
    private const int Rows = 700;

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
    [InlineData(1, 1)]
    [InlineData(100, 30)]
    [InlineData(7_000_000, 1)]
    [InlineData(20, 30_000_000)]
    public void A_block_fits_one_array(int neighbors, int columns)
    {
        int rows = BlockMemory.Rows(neighbors, columns);
        Assert.InRange(rows, 1, 2048);
        long bytes = rows * ((sizeof(ulong) * (long)BlockMemory.Capacity(neighbors)) + (2L * sizeof(float) * columns));
        Assert.InRange(bytes, 1, 1L << 30);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Neighbours_are_those_of_the_definition(string set, DistanceMetric metric)
    {
        var rows = Sets.Named(set, Rows);
        var naive = new Naive(rows, metric);
        float[] queries = [.. rows.ContiguousCells(0, 5), .. Shifted(rows)];
        int count = queries.Length / rows.ColumnCount;
        // The definition is slow, and the same for all engines and kernels.
        int[] ks = [1, 5, 40, 300];
        var ofQueries = queries.Chunk(rows.ColumnCount).Select(query => naive.Nearest(query, ks[^1])).ToArray();
        foreach (var engine in (NeighborEngine[])[NeighborEngine.Tree, NeighborEngine.BruteForce])
        {
            foreach (var kernel in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Lanes256, VectorWidth.Lanes512])
            {
                var index = NeighborIndex.Build(rows, metric, engine, kernel, new FitContext());
                Assert.Equal(engine, index.Engine);
                foreach (int k in ks)
                {
                    var lists = index.NearestOfRows(k);
                    for (int row = 0; row < Rows; row += 97)
                        AssertSame(naive.NearestOfRow(row, k), lists.Rows(row), lists.Distances(row));
                    var found = new int[count * k];
                    var distances = new double[count * k];
                    index.Nearest(queries, k, found, distances);
                    for (int i = 0; i < count; i++)
                        AssertSame(ofQueries[i][..k], found.AsSpan(i * k, k), distances.AsSpan(i * k, k));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_engines_give_the_same_bits_on_thousands_of_rows(string set, DistanceMetric metric)
    {
        var rows = Sets.Named(set, 3001);
        var tree = NeighborIndex.Build(rows, metric, NeighborEngine.Tree).NearestOfRows(20);
        var brute = NeighborIndex.Build(rows, metric, NeighborEngine.BruteForce).NearestOfRows(20);
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (!tree.Rows(row).SequenceEqual(brute.Rows(row)) || !tree.Distances(row).SequenceEqual(brute.Distances(row)))
                Assert.Fail($"Row {row}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_rows_within_a_radius_are_found(string set, DistanceMetric metric)
    {
        var rows = Sets.Named(set, Rows);
        var naive = new Naive(rows, metric);
        foreach (var engine in (NeighborEngine[])[NeighborEngine.Tree, NeighborEngine.BruteForce])
        {
            var index = NeighborIndex.Build(rows, metric, engine);
            foreach (int row in (int[])[0, 333])
            {
                var all = naive.Nearest(naive.Row(row), Rows);
                foreach (double radius in (double[])[0, all[10].Distance, all[200].Distance, double.PositiveInfinity])
                {
                    var expected = all.Where(near => near.Distance <= radius * (1 + 1e-12)).ToArray();
                    var actual = index.WithinRadius(naive.Row(row), radius * (1 + 1e-12));
                    AssertSame(expected, [.. actual.Select(near => near.Row)], [.. actual.Select(near => near.Distance)]);
                }
            }
        }
    }

    [Fact]
    public void Queries_at_the_ends_of_float32_find_neighbours()
    {
        var rows = Sets.Named("normal30", 3000);
        var naive = new Naive(rows);
        var index = NeighborIndex.Build(rows, engine: NeighborEngine.Tree);
        foreach (float end in (float[])[float.MaxValue, float.MinValue, float.Epsilon, 1e30f])
        {
            float[] query = [.. Enumerable.Repeat(end, 30)];
            var found = new int[7];
            var distances = new double[7];
            index.Nearest(query, 7, found, distances);
            double[] expected = [.. naive.Nearest(query, 7).Select(near => near.Distance)];
            for (int i = 0; i < 7; i++)
                Assert.Equal(expected[i], distances[i], 1e-12 * expected[i]);
        }
    }

    [Fact]
    public void Bad_questions_are_refused_with_the_remedy()
    {
        var index = NeighborIndex.Build(Sets.Named("normal3", 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Nearest(new float[3], 11, new int[11], new double[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Nearest(new float[3], 0, [], []));
        Assert.Throws<ArgumentException>(() => index.Nearest(new float[4], 1, new int[1], new double[1]));
        Assert.Throws<ArgumentException>(() => index.Nearest(new float[3], 2, new int[1], new double[2]));
        Assert.Throws<ArgumentException>(() => index.Nearest(new float[3], 2, new int[2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.NearestOfRows(10));
        Assert.Throws<ArgumentException>(() => index.WithinRadius(new float[2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.WithinRadius(new float[3], double.NaN));
        Assert.Equal(1, Assert.Throws<FeatureDataException>(() => index.Nearest([1, float.NaN, 3], 1, new int[1], new double[1])).Column);
        var bad = FeatureMatrix.Wrap(new[] { 1f, 2, 3, float.PositiveInfinity }, 2);
        Assert.Equal(1, Assert.Throws<FeatureDataException>(() => NeighborIndex.Build(bad)).Row);
        Assert.Throws<ArgumentException>(() => NeighborIndex.Build(FeatureMatrix.Wrap(ReadOnlyMemory<float>.Empty, 2)));
    }

    [Fact]
    public unsafe void Every_kernel_gives_the_folds_of_the_reference()
    {
        foreach (int columns in (int[])[1, 2, 3, 7, 8, 9, 15, 16, 17, 30, 33])
        {
            var rows = Sets.Named("wide70", 65);
            float[] cells = [.. Enumerable.Range(0, 65).SelectMany(row => rows.Cells(row)[..columns].ToArray())];
            var matrix = FeatureMatrix.Wrap(cells, columns);
            foreach (int k in (int[])[1, 8, 64])
            {
                var expected = NeighborIndex.Build(matrix, DistanceMetric.Manhattan, NeighborEngine.BruteForce, VectorWidth.Scalar, new FitContext()).NearestOfRows(k);
                foreach (var kernel in (VectorWidth[])[VectorWidth.Lanes256, VectorWidth.Lanes512])
                {
                    var actual = NeighborIndex.Build(matrix, DistanceMetric.Manhattan, NeighborEngine.BruteForce, kernel, new FitContext()).NearestOfRows(k);
                    for (int row = 0; row < 65; row++)
                    {
                        Assert.True(expected.Rows(row).SequenceEqual(actual.Rows(row)));
                        Assert.True(expected.Distances(row).SequenceEqual(actual.Distances(row)));
                    }
                }
            }
        }
    }

    private static float[] Shifted(FeatureMatrix rows)
    {
        var random = new CounterRandom(5);
        float[] cells = rows.ContiguousCells(100, 5).ToArray();
        for (int i = 0; i < cells.Length; i++)
            cells[i] *= (float)(1 + (0.3 * random.NextDouble()));
        return cells;
    }

    private static void AssertSame((int Row, double Distance)[] expected, ReadOnlySpan<int> rows, ReadOnlySpan<double> distances)
    {
        Assert.Equal(expected.Length, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            double tolerance = 1e-13 * Math.Max(expected[i].Distance, expected[^1].Distance);
            if (!(Math.Abs(expected[i].Distance - distances[i]) <= tolerance))
                Assert.Fail($"{distances[i]} at place {i} instead of {expected[i].Distance}.");

            // The naive sum rounds otherwise: only where it tells neighbours apart does their order follow.
            bool isTied = (i > 0 && expected[i].Distance - expected[i - 1].Distance <= tolerance && expected[i].Distance != expected[i - 1].Distance)
                || (i + 1 < rows.Length && expected[i + 1].Distance - expected[i].Distance <= tolerance && expected[i + 1].Distance != expected[i].Distance);
            if (!isTied && i < rows.Length - 1 && expected[i].Row != rows[i])
                Assert.Fail($"Row {rows[i]} at place {i} instead of {expected[i].Row}.");
        }
    }
}
