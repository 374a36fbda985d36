using AnomalyKit.IsolationForest.Attribution;
using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>The same bits by every kernel, in every batch, on every thread.</summary>
public class AttributionKernelTests
{
    private static readonly FeatureMatrix Plain = RecipeData.Normals(300, 5);
    private static readonly FeatureMatrix Mixed = MixedData.Rows(300);

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    public void Every_width_gives_the_same_bits_at_every_number_of_rows(bool mixed, bool withBackground, bool grouped)
    {
        var data = mixed ? Mixed : Plain;
        var model = new IsolationForestTrainer { TreeCount = 7, MaxDepth = 12 }.Fit(data).Model;
        var scorer = new ForestScorer(model, null, schema: data.Schema);
        var options = new AttributionOptions
        {
            Background = withBackground ? data.Slice(100, 3) : null,
            Groups = grouped ? new ColumnGroups([.. Enumerable.Range(0, data.ColumnCount).Select(i => i / 2)], Enumerable.Range(0, (data.ColumnCount + 1) / 2).Select(i => $"{i}")) : null,
        };
        var reference = Rows(ForestAttributor.Of(data.Schema, options, model, scorer, VectorWidth.Scalar), data);
        foreach (var width in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512, VectorWidth.Auto])
        {
            var attributor = ForestAttributor.Of(data.Schema, options, model, scorer, width);
            foreach (int count in (int[])[1, 2, 3, 7, 8, 9, 63, 64, 65, 130, 300])
            {
                var actual = Rows(attributor, data.Slice(300 - count, count));
                Assert.Equal(reference.Skip(reference.Length - actual.Length), actual);
            }
        }
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits()
    {
        var attributor = new IsolationForestTrainer { TreeCount = 20 }.Fit(Mixed).CreateAttributor();
        var rows = MixedData.Rows(1500, seed: 3);
        double[] reference = Rows(attributor, rows);
        foreach (int threads in (int[])[2, 5, -1])
            Assert.Equal(reference, Rows(attributor, rows, threads));
    }

    [Fact]
    public void Attributing_does_not_allocate()
    {
        var attributor = new IsolationForestTrainer { TreeCount = 10 }.Fit(Plain).CreateAttributor();
        var contributions = new double[100 * 5];
        var (baselines, explained) = (new double[100], new double[100]);
        for (int i = 0; i < 3; i++)
            attributor.AttributeRows(EncodedRows.Check(Plain.ContiguousCells(0, 100), Plain.Schema), contributions, baselines, explained);
        // The least of several tries: the runtime may allocate on this thread, too.
        const int Most = 1000;
        long least = long.MaxValue;
        for (int i = 0; i < 20 && least > Most; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int call = 0; call < 20; call++)
                attributor.AttributeRows(EncodedRows.Check(Plain.ContiguousCells(0, 100), Plain.Schema), contributions, baselines, explained);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, Most);
    }

    [Fact]
    public void The_trees_are_laid_out_once()
    {
        var forest = new IsolationForestTrainer { TreeCount = 2 }.Fit(Plain);
        Assert.Same(forest.CreateAttributor(), forest.WithThreshold(0.7).CreateAttributor(new AttributionOptions { MaxDegreeOfParallelism = 1 }));
        Assert.NotSame(forest.CreateAttributor(), forest.CreateAttributor(new AttributionOptions { Background = Plain.Slice(0, 1) }));
    }

    [Fact]
    public void Spans_of_the_wrong_length_are_refused()
    {
        var attributor = new IsolationForestTrainer { TreeCount = 2 }.Fit(Plain).CreateAttributor();
        Assert.Throws<ArgumentException>(() => attributor.AttributeRows(EncodedRows.Check(Plain.ContiguousCells(0, 2), Plain.Schema), new double[9], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => attributor.AttributeRows(EncodedRows.Check(Plain.ContiguousCells(0, 2), Plain.Schema), new double[10], new double[1], new double[2]));
        Assert.Throws<ArgumentException>(() => attributor.AttributeRows(EncodedRows.Check(new float[8], FeatureSchema.Unnamed(4)), new double[10], new double[2], new double[2]));
        attributor.AttributeRows(EncodedRows.Check([], Plain.Schema), [], [], []);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    [InlineData(513)]
    public void Quadrature_takes_the_integrals_of_polynomials(int points)
    {
        var quadrature = new GaussLegendre(points);
        for (int degree = 0; degree < 2 * points; degree += Math.Max(1, points / 5))
        {
            double sum = 0;
            for (int i = 0; i < points; i++)
                sum += quadrature.Weights[i] * Math.Pow(quadrature.Points[i], degree);
            Assert.Equal(1.0 / (degree + 1), sum, 1e-13);
        }

        Assert.All(quadrature.Points, point => Assert.InRange(point, 1e-9, 1 - 1e-9));
    }

    /// <summary>Contributions and the explained value, row by row.</summary>
    private static double[] Rows(RowAttributor attributor, FeatureMatrix data, int threads = 1)
    {
        int groups = attributor.Groups.Count;
        var contributions = new double[data.RowCount * groups];
        var explained = new double[data.RowCount];
        attributor.Attribute(data, contributions, new double[data.RowCount], explained, new AttributionOptions { MaxDegreeOfParallelism = threads });
        return [.. Enumerable.Range(0, data.RowCount).SelectMany(row => contributions.Skip(row * groups).Take(groups).Append(explained[row]))];
    }
}
