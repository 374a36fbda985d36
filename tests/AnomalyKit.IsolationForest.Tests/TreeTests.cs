namespace AnomalyKit.IsolationForest.Tests;

public class TreeTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(255, 8)]
    [InlineData(256, 8)]
    [InlineData(257, 8)]
    [InlineData(5000, 8)]
    public void Trees_grow_to_the_average_depth_of_a_balanced_tree(int rows, int limit)
    {
        var forest = new IsolationForestTrainer { TreeCount = 30 }.Fit(RecipeData.Normals(rows, 3));
        Assert.Equal(limit, forest.DepthLimit);
        Assert.Equal(Math.Min(rows, 256), forest.SampleSize);
        Assert.Equal(30, forest.TreeCount);
        Assert.Equal(limit, forest.Model.TreeDepths.Max());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Trees_grow_no_deeper_than_they_are_told(int limit)
    {
        var forest = new IsolationForestTrainer { TreeCount = 20, MaxDepth = limit }.Fit(RecipeData.Normals(400, 3));
        Assert.Equal(limit, forest.DepthLimit);
        Assert.All(forest.Model.TreeDepths, depth => Assert.InRange(depth, 1, limit));
    }

    [Fact]
    public void Trees_without_a_limit_isolate_every_row()
    {
        var forest = new IsolationForestTrainer { TreeCount = 10, MaxDepth = 4096 }.Fit(RecipeData.Normals(100, 2));
        for (int node = 0; node < forest.Model.Feature.Length; node++)
            Assert.True(forest.Model.Feature[node] >= 0 || forest.Model.Size[node] == 1);
        Assert.Equal(10 * 199, forest.Model.Feature.Length);
    }

    [Fact]
    public void Sizes_add_up_and_thresholds_lie_between_the_extremes_of_their_node()
    {
        // All rows in every tree, so that the sample is known: nodes can be filled by hand.
        var data = RecipeData.Normals(64, 3);
        var model = new IsolationForestTrainer { TreeCount = 25, SampleSize = 64, Seed = 5 }.Fit(data).Model;
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int start = model.TreeStarts[tree];
            Check(0, [.. Enumerable.Range(0, 64)], 0);

            void Check(int node, int[] rows, int depth)
            {
                int at = start + node;
                Assert.Equal(rows.Length, model.Size[at]);
                int feature = model.Feature[at];
                if (feature < 0)
                {
                    Assert.True(rows.Length == 1 || depth == model.DepthLimit);
                    return;
                }

                Assert.True(depth < model.DepthLimit);
                float low = rows.Min(row => data.Cells(row)[feature]);
                float high = rows.Max(row => data.Cells(row)[feature]);
                Assert.True(model.Threshold[at] > low && model.Threshold[at] <= high);
                Check(model.Left[at], [.. rows.Where(row => data.Cells(row)[feature] < model.Threshold[at])], depth + 1);
                Check(model.Left[at] + 1, [.. rows.Where(row => data.Cells(row)[feature] >= model.Threshold[at])], depth + 1);
            }
        }
    }

    [Fact]
    public void Constant_features_are_never_split()
    {
        var random = new Random(1);
        float[] cells = [.. Enumerable.Range(0, 500 * 6).Select(i => i % 6 is 1 or 4 ? 7 : (float)random.NextDouble())];
        var model = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(cells, 6)).Model;
        Assert.Equal([-1, 0, 2, 3, 5], model.Feature.Distinct().Order());
    }

    [Fact]
    public void Features_that_become_constant_lower_down_stop_the_growth_of_that_branch_only()
    {
        // Half of the rows are equal: they must end in one leaf above the depth limit, the others are isolated.
        float[] cells = [.. Enumerable.Range(0, 64 * 2).Select(i => i / 2 < 32 ? 0 : 10 + (float)i)];
        var model = new IsolationForestTrainer { TreeCount = 50, SampleSize = 64, MaxDepth = 1000 }.Fit(FeatureMatrix.Wrap(cells, 2)).Model;
        for (int tree = 0; tree < 50; tree++)
        {
            int[] leaves = [.. Enumerable.Range(model.TreeStarts[tree], model.TreeStarts[tree + 1] - model.TreeStarts[tree]).Where(at => model.Feature[at] < 0)];
            Assert.Equal(33, leaves.Length);
            Assert.Equal(32, leaves.Max(at => model.Size[at]));
        }
    }

    [Fact]
    public void Equal_rows_make_one_leaf_and_score_one_half()
    {
        var data = FeatureMatrix.Wrap(new float[300], 3);
        var forest = new IsolationForestTrainer().Fit(data);
        Assert.Equal(forest.TreeCount, forest.Model.Feature.Length);
        Assert.All(forest.Score(data), score => Assert.Equal(0.5f, score, 1e-6f));
    }

    [Fact]
    public void Neighbouring_floats_can_still_be_split()
    {
        float next = MathF.BitIncrement(1);
        var data = FeatureMatrix.Wrap(new[] { 1, next, 1, next, float.MinValue, float.MaxValue }, 1);
        var forest = new IsolationForestTrainer { TreeCount = 200, MaxDepth = 10 }.Fit(data);
        float[] scores = forest.Score(data);
        Assert.True(scores[4] > scores[0] && scores[5] > scores[1]);
        Assert.Contains(forest.Model.Threshold, threshold => threshold == next);
    }

    [Fact]
    public void Each_tree_splits_no_more_features_than_it_is_told()
    {
        var model = new IsolationForestTrainer { TreeCount = 60, FeaturesPerTree = 2 }.Fit(RecipeData.Normals(500, 5)).Model;
        var used = new HashSet<int>();
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int[] features = [.. model.Feature[model.TreeStarts[tree]..model.TreeStarts[tree + 1]].Where(feature => feature >= 0).Distinct()];
            Assert.Equal(2, features.Length);
            used.UnionWith(features);
        }

        Assert.Equal(5, used.Count);
    }

    [Fact]
    public void Features_and_thresholds_are_drawn_uniformly()
    {
        // The root of every tree: its feature is uniform over the columns, its threshold over the range.
        float[] cells = [.. Enumerable.Range(0, 101 * 4).Select(i => (float)(i / 4))];
        var model = new IsolationForestTrainer { TreeCount = 20_000, SampleSize = 101, MaxDepth = 1 }.Fit(FeatureMatrix.Wrap(cells, 4)).Model;
        var features = new int[4];
        var tenths = new int[10];
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            features[model.Feature[model.TreeStarts[tree]]]++;
            tenths[Math.Min(9, (int)(model.Threshold[model.TreeStarts[tree]] / 10))]++;
        }

        // Five standard deviations of a binomial count.
        Assert.All(features, count => Assert.Equal(5000.0, count, 5 * Math.Sqrt(20_000 * 0.25 * 0.75)));
        Assert.All(tenths, count => Assert.Equal(2000.0, count, 5 * Math.Sqrt(20_000 * 0.1 * 0.9)));
    }

    [Fact]
    public void Path_lengths_are_depth_plus_the_average_of_what_was_not_grown()
    {
        var model = new IsolationForestTrainer { TreeCount = 3, MaxDepth = 2 }.Fit(RecipeData.Normals(300, 2)).Model;
        var averages = new AveragePathLength(256);
        for (int at = 0; at < model.Feature.Length; at++)
        {
            if (model.Feature[at] < 0 && model.Size[at] > 1)
                Assert.Equal(2 + averages.Of(model.Size[at]), model.PathLength[at] / 65536.0, 1.0 / 65536);
        }

        Assert.Equal(averages.Of(256), model.NormalPathLength);
    }
}
