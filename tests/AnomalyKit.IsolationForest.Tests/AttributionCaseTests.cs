using static AnomalyKit.IsolationForest.Tests.HandForest;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Small cases with known answers: what other libraries got wrong.</summary>
public class AttributionCaseTests
{
    /// <summary>The baseline is the mean over the leaves by sample rows, not c(n); trees are averaged, and the sum is a path length, not a score.</summary>
    [Fact]
    public void Values_add_up_to_the_mean_path_length()
    {
        var stump = Of(1, 1, new Node[] { new(3, 0, 0.5f, 1), new(2), new(1) });
        var attribution = stump.Attribute([1f]);
        Assert.Equal(-5.0 / 3, attribution.Baseline, 1e-15);
        Assert.Equal(2.0 / 3, attribution.Contributions[0], 1e-15);
        Assert.Equal(-1, attribution.Explained, 1e-15);
        Assert.Equal(0.65975, stump.CreateAttributor().ScoreOf(attribution.Explained), 1e-5);
        Assert.Equal(attribution.Score, stump.CreateAttributor().ScoreOf(attribution.Explained), 1e-6);
        Assert.Contains("path length", attribution.Info.ExplainedValue, StringComparison.Ordinal);

        Assert.Equal(-2.25, Of(1, 3, Chain(3, 1)).Attribute([0f]).Baseline, 1e-15);
        var pair = Of(1, 1, [new(3, 0, 0.5f, 1), new(2), new(1)], [new(3, 0, 0.5f, 1), new(1), new(2)]);
        Assert.Equal(-1.5, pair.Attribute([1f]).Explained, 1e-15);
    }

    [Fact]
    public void A_column_that_comes_again_on_a_path_is_one_player()
    {
        Node[] tree = [new(5, 0, 5, 1), new(4, 1, 2, 3), new(1), new(3, 0, 1, 5), new(1), new(1), new(2)];
        var attribution = Of(2, 3, tree).Attribute([3f, 0f]);
        Assert.Equal(-2.8, attribution.Baseline, 1e-12);
        Assert.Equal(-0.783333, attribution.Contributions[0], 1e-6);
        Assert.Equal(-0.416667, attribution.Contributions[1], 1e-6);
        Assert.Equal(-4, attribution.Explained, 1e-12);
    }

    [Fact]
    public void The_column_that_is_out_of_range_comes_first_and_positive()
    {
        var forest = new IsolationForestTrainer().Fit(RecipeData.Normals(500, 3));
        foreach (var background in (FeatureMatrix?[])[null, RecipeData.Normals(20, 3, seed: 4)])
        {
            var attribution = forest.Attribute([0f, 0f, 12f], new AttributionOptions { Background = background });
            Assert.True(attribution.Contributions[2] > 0);
            Assert.True(attribution.Contributions[2] > 2 * Math.Max(Math.Abs(attribution.Contributions[0]), Math.Abs(attribution.Contributions[1])));
        }
    }

    [Fact]
    public void Where_nothing_speaks_nothing_is_said()
    {
        var constant = new IsolationForestTrainer { TreeCount = 5 }.Fit(FeatureMatrix.Wrap(new float[60], 3));
        var attribution = constant.Attribute([0f, 0f, 0f]);
        Assert.Equal([0, 0, 0], attribution.Contributions);
        Assert.Equal(attribution.Baseline, attribution.Explained);
        Assert.Equal([0, 0, 0], constant.Attribute([0f, 0f, 0f], new AttributionOptions { Background = FeatureMatrix.Wrap(new float[6], 3) }).Contributions);
    }

    [Fact]
    public void Trees_of_some_columns_credit_those_columns()
    {
        var only = Of(3, 1, new Node[] { new(8, 2, 0.5f, 1), new(7), new(1) });
        var attribution = only.Attribute([9f, 9f, 9f]);
        Assert.Equal([0, 0], attribution.Contributions[..2]);
        Assert.Equal(attribution.Explained - attribution.Baseline, attribution.Contributions[2], 1e-14);

        var data = RecipeData.Normals(300, 6);
        var half = new IsolationForestTrainer { TreeCount = 1, FeaturesPerTree = 3 }.Fit(data);
        int[] used = [.. half.Model.Feature.Where(column => column >= 0).Distinct()];
        Assert.InRange(used.Length, 1, 3);
        for (int column = 0; column < 6; column++)
            Assert.Equal(used.Contains(column), half.Attribute(data.Cells(7)).Contributions[column] != 0);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(7)]
    [InlineData(1)]
    public void Deep_chains_stay_exact(int columns)
    {
        const int Depth = 100;
        var chain = Of(columns, Depth, Chain(Depth, columns));
        float[] row = [.. Enumerable.Range(0, columns).Select(column => column == columns / 2 ? 0.97f : -1f)];
        foreach (var background in (FeatureMatrix?[])[null, FeatureMatrix.Wrap(new float[3 * columns], columns)])
        {
            var attribution = chain.Attribute(row, new AttributionOptions { Background = background });
            double sum = 0;
            foreach (double contribution in attribution.Contributions)
                sum += contribution;
            double expected = ShapleyOracle.PathDependent(chain.Model, row, _ => true);
            Assert.Equal(expected, attribution.Explained, 1e-9 * Math.Abs(expected));
            Assert.Equal(expected, attribution.Baseline + sum, 1e-9 * Math.Abs(expected));
        }
    }

    /// <summary>A chain of 100 columns that all say the same: by symmetry of the definition each value follows from its place alone, and the last leaf is as deep as its path.</summary>
    [Fact]
    public void A_deep_chain_has_the_values_of_its_closed_form()
    {
        // One split per level, each known one stays on the path: v(S) for the row at the end of the chain is taken level by level.
        const int Depth = 16;
        var chain = Of(Depth, Depth, Chain(Depth, Depth));
        float[] row = new float[Depth];
        double[] expected = ShapleyOracle.Values(Depth, known => Known(known, 0));
        var actual = chain.Attribute(row);
        for (int i = 0; i < Depth; i++)
            Assert.Equal(-expected[i], actual.Contributions[i], 1e-12);

        double Known(int known, int level)
        {
            if (level == Depth)
                return Depth;
            double stay = (known >> level & 1) != 0 ? 1 : (double)(Depth - level) / (Depth + 1 - level);
            return (stay * Known(known, level + 1)) + ((1 - stay) * (level + 1));
        }
    }

    /// <summary>Covers are those of the sample, never of the background: a branch that no background row takes has values like any other.</summary>
    [Fact]
    public void A_branch_that_no_background_row_takes_has_finite_values()
    {
        var data = RecipeData.Normals(300, 3);
        var forest = new IsolationForestTrainer { TreeCount = 20 }.Fit(data);
        var attribution = forest.Attribute([50f, -50f, 0f], new AttributionOptions { Background = FeatureMatrix.Wrap(new float[3], 3) });
        double sum = attribution.Baseline;
        foreach (double contribution in attribution.Contributions)
            sum += contribution;
        Assert.Equal(attribution.Explained, sum, 1e-12);
        Assert.Equal(0, attribution.Contributions[2]);
        Assert.True(attribution.Contributions[0] > 0 && attribution.Contributions[1] > 0);
    }

    /// <summary>A split uses one of two columns that are copies, so that a forest's trees treat them alike in the mean only. Where the trees are symmetric, so are the values.</summary>
    [Fact]
    public void Copies_share_equally_where_the_trees_are_symmetric()
    {
        var model = new IsolationForestTrainer { TreeCount = 6, MaxDepth = 12 }.Fit(RecipeData.Normals(200, 3)).Model;
        int[] swapped = [.. model.Feature.Select(feature => feature < 0 ? feature : 1 - feature + (feature == 2 ? 3 : 0))];
        var both = HandForest.Of(new IsolationForestModel(
            3, model.SampleSize, model.DepthLimit, [.. model.TreeStarts, .. model.TreeStarts.Skip(1).Select(start => start + model.Feature.Length)],
            [.. model.Feature, .. swapped], [.. model.Threshold, .. model.Threshold], [.. model.Left, .. model.Left], [.. model.Size, .. model.Size]));
        foreach (var background in (FeatureMatrix?[])[null, FeatureMatrix.Wrap(new[] { 0f, 0f, 0f, 1f, 1f, -1f }, 3)])
        {
            var contributions = both.Attribute([1.3f, 1.3f, 0.2f], new AttributionOptions { Background = background }).Contributions;
            Assert.Equal(contributions[0], contributions[1], 1e-13);
            Assert.NotEqual(contributions[0], contributions[2], 1e-3);
        }
    }
}
