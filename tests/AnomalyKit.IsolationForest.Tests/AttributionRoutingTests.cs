using static AnomalyKit.IsolationForest.Tests.HandForest;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>A row takes the way to its explanation that it takes to its score.</summary>
public class AttributionRoutingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_at_a_threshold_is_explained_in_the_leaf_that_scores_it(bool scaled)
    {
        var data = RecipeData.Tails();
        var forest = new IsolationForestTrainer { TreeCount = 3, MaxDepth = 10, Scaling = scaled ? FeatureScaling.Robust : FeatureScaling.None }.Fit(data);
        float[] edges = forest.Transform is ColumnScaling scaling
            ? [.. Splits(forest.Model).SelectMany(at => Edges((float)((forest.Model.Threshold[at] * scaling.Scales[forest.Model.Feature[at]]) + scaling.Centers[forest.Model.Feature[at]])))]
            : [.. Splits(forest.Model).SelectMany(at => Edges(forest.Model.Threshold[at]))];
        var cells = new float[edges.Length * 3];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = edges[((i / 3) + (i % 3 * 7)) % edges.Length];
        AssertSameRows(forest, FeatureMatrix.Wrap(cells, 3), new AttributionOptions());
        AssertSameRows(forest, FeatureMatrix.Wrap(cells, 3), new AttributionOptions { Background = data.Slice(0, 3) });
    }

    [Fact]
    public void Thresholds_are_compared_as_scores_compare_them()
    {
        var stump = Of(1, 1, new Node[] { new(8, 0, 0.7f, 1), new(7), new(1) });
        foreach (float cell in (float[])[0.699999994f, 0.7f, MathF.BitDecrement(0.7f), MathF.BitIncrement(0.7f)])
            Assert.Equal(stump.Attribute([cell]).Score, stump.CreateAttributor().ScoreOf(stump.Attribute([cell]).Explained), 1e-6);
        Assert.Equal(stump.Attribute([0.7f]).Explained, stump.Attribute([1f]).Explained);
        Assert.NotEqual(stump.Attribute([0.7f]).Explained, stump.Attribute([0.69f]).Explained);
    }

    /// <summary>A missing cell goes both ways, as in scoring; it is no column of its own, and by itself it says nothing.</summary>
    [Fact]
    public void Missing_cells_and_unknown_levels_go_where_scoring_sends_them()
    {
        var data = MixedData.Rows(600);
        var forest = new IsolationForestTrainer { TreeCount = 30, Seed = 4 }.Fit(data);
        float[] cells = [.. AttributionOracleTests.MixedRows().SelectMany(row => row)];
        foreach (var rows in (FeatureMatrix[])[data, MixedData.Rows(200, seed: 8), FeatureMatrix.Wrap(cells, data.Schema)])
        {
            AssertSameRows(forest, rows, new AttributionOptions());
            AssertSameRows(forest, rows, new AttributionOptions { Groups = new ColumnGroups([0, 1, 1, 0], ["a", "b"]) });
            AssertSameRows(forest, rows, new AttributionOptions { Background = data.Slice(0, 4) });
        }

        Assert.Equal(0, forest.Attribute([0.5f, 2, float.NaN, 3]).Contributions[2]);
        Assert.NotEqual(0, forest.Attribute([0.5f, 2, 0.5f, 3]).Contributions[2]);
    }

    [Fact]
    public void Files_give_the_explanations_of_what_was_saved()
    {
        var data = MixedData.Rows(300);
        var forest = new IsolationForestTrainer { TreeCount = 10 }.Fit(data);
        var loaded = MixedData.Loaded(MixedData.Saved(forest));
        for (int row = 0; row < 10; row++)
            Assert.Equal(forest.Attribute(data, row).Contributions, loaded.Attribute(data, row).Contributions);
    }

    [Fact]
    public void A_forest_behind_a_transform_that_it_cannot_fold_is_left_to_sampling()
    {
        var data = RecipeData.Normals(100, 3);
        var opaque = FeatureScaling.Fitted(new OpaqueTransform(FeatureScaling.Standard.Fit(data, new FitContext())));
        Assert.Null(new IsolationForestTrainer { TreeCount = 5, Scaling = opaque }.Fit(data).OwnAttributor(new AttributionOptions()));
        Assert.NotNull(new IsolationForestTrainer { TreeCount = 5, Scaling = FeatureScaling.Standard }.Fit(data).OwnAttributor(new AttributionOptions()));
    }

    /// <summary>Scores are of path lengths that are rounded to 2⁻¹⁶ per tree; attributions are not rounded.</summary>
    internal static void AssertSameRows(IsolationForestDetector forest, FeatureMatrix rows, AttributionOptions options)
    {
        var attributor = forest.CreateAttributor(options);
        var batch = forest.Attribute(rows, options);
        float[] scores = forest.Score(rows);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(scores[row], attributor.ScoreOf(batch.Explained[row]), 1e-5 * scores[row]);
            double sum = batch.Baselines[row];
            foreach (double contribution in batch.Contributions(row))
                sum += contribution;
            Assert.Equal(batch.Explained[row], sum, 1e-11);
        }
    }

    private static IEnumerable<int> Splits(IsolationForestModel model) => Enumerable.Range(0, model.Feature.Length).Where(at => model.Feature[at] >= 0);

    private static float[] Edges(float threshold) => [MathF.BitDecrement(threshold), threshold, MathF.BitIncrement(threshold)];
}
