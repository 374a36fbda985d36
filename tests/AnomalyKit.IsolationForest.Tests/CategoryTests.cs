using FsCheck.Xunit;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Splits by subsets of levels.</summary>
public class CategoryTests
{
    [Fact]
    public void Subsets_are_drawn_uniformly_among_those_that_leave_nothing_empty()
    {
        // Levels of 10, 11, 12 and 13 rows: seven ways to part them, each as likely. The side with more rows goes right.
        int[] rows = [10, 11, 12, 13];
        float[] cells = [.. rows.SelectMany((count, level) => Enumerable.Repeat((float)level, count))];
        var data = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(1).WithCategories(new Dictionary<string, int> { ["f0"] = 4 }));
        var model = new IsolationForestTrainer { TreeCount = 14_000, MaxDepth = 1, SampleSize = 46 }.Fit(data).Model;
        var counts = new Dictionary<string, int>();
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int[] right = model.Categories!.Right(tree).ToArray();
            int rightRows = right.Sum(level => rows[level]);
            Assert.Equal(rightRows, model.Size[model.TreeStarts[tree] + 2]);
            Assert.True(rightRows >= 23);
            string key = string.Join(',', right);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(7, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(2000.0, count, 5 * Math.Sqrt(14_000 * (1 / 7.0) * (6 / 7.0))));
    }

    [Fact]
    public void The_right_side_has_no_fewer_known_rows_and_lists_what_the_node_has()
    {
        // All rows in every tree, so that nodes can be filled by hand; no cell is missing.
        var random = new Random(4);
        float[] cells = [.. Enumerable.Range(0, 96 * 2).Select(i => (float)random.Next(i % 2 == 0 ? 4 : 150))];
        var schema = FeatureSchema.Unnamed(2).WithCategories(new Dictionary<string, int> { ["f0"] = 4, ["f1"] = 150 });
        var data = FeatureMatrix.Wrap(cells, schema);
        var model = new IsolationForestTrainer { TreeCount = 30, SampleSize = 96 }.Fit(data).Model;
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int start = model.TreeStarts[tree];
            Check(0, [.. Enumerable.Range(0, 96)]);

            void Check(int node, int[] rows)
            {
                int at = start + node;
                Assert.Equal(rows.Length, model.Size[at]);
                if (model.Feature[at] < 0)
                    return;
                int[] right = model.Categories!.Right(Array.IndexOf(model.Categories.Nodes, at)).ToArray();
                Assert.Equal(0, model.Threshold[at]);
                Assert.Subset(rows.Select(row => (int)data.Cells(row)[model.Feature[at]]).ToHashSet(), right.ToHashSet());
                int[] goRight = [.. rows.Where(row => right.Contains((int)data.Cells(row)[model.Feature[at]]))];
                Assert.InRange(goRight.Length, (rows.Length + 1) / 2, rows.Length - 1);
                Check(model.Left[at], [.. rows.Except(goRight)]);
                Check(model.Left[at] + 1, goRight);
            }
        }
    }

    /// <summary>What a level is called is nothing to the forest: other codes give the same scores, to the bit.</summary>
    [Property(MaxTest = 10)]
    public bool Codes_can_be_dealt_anew(int seed)
    {
        var data = MixedData.Rows(300, (ulong)(uint)seed);
        var random = new Random(seed);
        int[] colors = [.. Enumerable.Range(0, MixedData.Colors + 1).OrderBy(_ => random.Next())];
        int[] shops = [.. Enumerable.Range(0, MixedData.Shops + 1).OrderBy(_ => random.Next())];
        float[] cells = data.ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i++)
        {
            if (i % 2 == 1 && !float.IsNaN(cells[i]))
                cells[i] = i % 4 == 1 ? colors[(int)cells[i]] : shops[(int)cells[i]];
        }

        var dealt = FeatureMatrix.Wrap(cells, data.Schema);
        var trainer = new IsolationForestTrainer { TreeCount = 20, Seed = (ulong)(uint)seed };
        return trainer.Fit(data).Score(data).SequenceEqual(trainer.Fit(dealt).Score(dealt));
    }

    [Fact]
    public void A_stump_can_be_written_by_hand()
    {
        // Levels 1 and 70 of 100 go right with three of the four rows; a missing cell is three quarters of that.
        var forest = MixedFile.Load();
        double normal = 2 * ((1 + 0.5 + (1.0 / 3) + 0.25) - 1);
        double right = 1 + (5.0 / 3);
        foreach (float level in new[] { 1f, 70f })
            Assert.Equal(Math.Pow(2, -right / normal), forest.Score([0f, level]), 1e-6);
        foreach (float level in new[] { 0f, 2f, 63f, 64f, 65f, 69f, 71f, 99f, 100f })
            Assert.Equal(Math.Pow(2, -1 / normal), forest.Score([0f, level]), 1e-6);
        Assert.Equal(Math.Pow(2, -((0.75 * right) + 0.25) / normal), forest.Score([0f, float.NaN]), 1e-6);
    }

    [Fact]
    public void A_rare_level_is_found()
    {
        var random = new Random(2);
        var schema = FeatureSchema.Unnamed(3).WithCategories(new Dictionary<string, int> { ["f0"] = 8, ["f1"] = 8, ["f2"] = 8 });
        float[] cells = [.. Enumerable.Range(0, 1000 * 3).Select(i => i < 15 ? 5f + random.Next(3) : random.Next(5))];
        var data = FeatureMatrix.Wrap(cells, schema, Enumerable.Range(0, 1000).Select(row => row < 5).ToArray());
        Assert.InRange(DetectionMetrics.RocAuc(data.Labels.Span, new IsolationForestTrainer().Fit(data).Score(data)), 0.99, 1);
    }
}
