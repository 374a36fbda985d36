namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Wide samples are not copied: their cells are fetched as splits ask for them. A transform that the forest does not know needs whole rows and so still copies.</summary>
public class WideDataTests
{
    [Theory]
    [InlineData(63, 256, null)]
    [InlineData(64, 200, null)]
    [InlineData(700, 256, null)]
    [InlineData(700, 300, 4096)]
    [InlineData(5000, 64, 2)]
    public void Fetched_cells_grow_the_trees_that_copied_cells_grow(int columns, int sampleSize, int? maxDepth) =>
        AssertSameTrees(RecipeData.Normals(300, columns), sampleSize, maxDepth);

    /// <summary>Where nearly every column is constant among the sampled rows, fetching gives way to copying in the middle of a tree.</summary>
    [Theory]
    [InlineData(300, 0.2)]
    [InlineData(2000, 0.002)]
    [InlineData(2000, 0.0002)]
    public void Sparse_cells_grow_the_trees_that_copied_cells_grow(int columns, double filled)
    {
        var random = new Random(3);
        var cells = new float[300 * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = random.NextDouble() < filled ? (float)random.NextDouble() : 0;
        AssertSameTrees(FeatureMatrix.Wrap(cells, columns), 256, null);
    }

    private static void AssertSameTrees(FeatureMatrix data, int sampleSize, int? maxDepth)
    {
        var trainer = new IsolationForestTrainer { TreeCount = 12, Seed = 4, SampleSize = sampleSize, MaxDepth = maxDepth };
        foreach (var scaling in new[] { FeatureScaling.Standard, FeatureScaling.MinMax })
        {
            var fitted = scaling.Fit(data, new FitContext());
            AssertSame(trainer with { Scaling = FeatureScaling.Fitted(new OpaqueTransform(fitted)) }, trainer with { Scaling = scaling });
        }

        // Scaling by 1 around 0 changes no cell.
        var nothing = new ColumnScaling(new double[data.ColumnCount], [.. Enumerable.Repeat(1.0, data.ColumnCount)]);
        AssertSame(trainer with { Scaling = FeatureScaling.Fitted(new OpaqueTransform(nothing)) }, trainer);

        void AssertSame(IsolationForestTrainer copying, IsolationForestTrainer fetching)
        {
            var expected = copying.Fit(data).Model;
            var actual = fetching.Fit(data, new FitOptions { MaxDegreeOfParallelism = 1 }).Model;
            Assert.Equal(expected.Feature, actual.Feature);
            Assert.Equal(expected.Threshold, actual.Threshold);
            Assert.Equal(expected.Left, actual.Left);
            Assert.Equal(expected.Size, actual.Size);
        }
    }
}
