using AnomalyKit.Numerics;
using AnomalyKit.Onnx.Protocol;
using AnomalyKit.Onnx.Tests.Support;
using Google.Protobuf.Collections;

namespace AnomalyKit.Onnx.Tests.Detectors;

/// <summary>Forests at their thresholds, and in any order.</summary>
public sealed class ForestTests
{
    private static readonly IsolationForestDetector Forest = new IsolationForestTrainer { Scaling = FeatureScaling.Standard, Seed = 3 }.Fit(SampleRows.Training);

    [Fact]
    public void Rows_at_a_split_and_one_step_beside_go_the_same_way()
    {
        // Whole numbers and their neighbors: thresholds of a forest of two rows a tree lie next to cells, and a scaling that is moved the wrong way shows at once.
        var random = new CounterRandom(7);
        float[] cells = [.. Enumerable.Range(0, 600).Select(_ => (float)Math.Round(random.NextDouble() * 3, 1))];
        var detector = new IsolationForestTrainer { SampleSize = 16, TreeCount = 60, Scaling = FeatureScaling.Robust }.Fit(FeatureMatrix.Wrap(cells, 2));
        float[] rows = [.. cells.SelectMany(cell => (float[])[cell, MathF.BitIncrement(cell), MathF.BitDecrement(cell), 0.1f, 16777217f, -cell])];
        Parity.Check(detector, rows);
    }

    [Fact]
    public void Every_threshold_is_met_to_the_last_bit()
    {
        // One column: the score is a step function, and its steps are found by halving until two neighboring numbers differ.
        float[] cells = [.. Enumerable.Range(0, 64).Select(i => (i * 0.37f) + 0.1f)];
        var detector = new IsolationForestTrainer { SampleSize = 32, TreeCount = 5, Scaling = FeatureScaling.MinMax }.Fit(FeatureMatrix.Wrap(cells, 1));
        var rows = new List<float>();
        for (int i = 1; i < cells.Length; i++)
            AddSteps(detector, cells[i - 1], cells[i], rows);
        Assert.True(rows.Count > 60);
        using var run = new OnnxRun(detector.ToOnnx());
        var scores = new float[rows.Count];
        detector.Score(rows.ToArray(), scores);
        Assert.Equal(scores, run.Run([.. rows], 1).Scores);
    }

    [Fact]
    public void Scores_near_the_threshold_are_the_same_to_the_bit_and_labels_are_equal()
    {
        float[] rows = SampleRows.Ordinary(3000, seed: 11);
        var scores = new float[3000];
        Forest.Score(rows, scores);
        // A threshold that rows are at: ties are not above it.
        var detector = Forest.WithThreshold((double)scores.Order().ElementAt(2900));
        using var run = new OnnxRun(detector.ToOnnx());
        var answer = run.Run(rows, SampleRows.Columns);
        Assert.Contains(scores, score => score == (float)detector.Threshold);
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.Equal(scores[i] > detector.Threshold, answer.Labels[i]);
            if (Math.Abs(scores[i] - detector.Threshold) < 0.02)
                Assert.Equal(scores[i], answer.Scores[i]);
        }
    }

    [Fact]
    public void A_row_alone_scores_as_it_does_among_five_thousand()
    {
        float[] rows = SampleRows.Ordinary(5000, seed: 12);
        using var run = new OnnxRun(Forest.ToOnnx());
        float[] together = run.Run(rows, SampleRows.Columns).Scores;
        for (int row = 0; row < 5000; row += 97)
        {
            float alone = run.Run(rows.AsSpan(row * SampleRows.Columns, SampleRows.Columns).ToArray(), SampleRows.Columns).Scores[0];
            Assert.InRange(alone / together[row], 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Fact]
    public void Columns_in_another_order_are_read_as_that_order_says()
    {
        int[] order = [3, 6, 0, 5, 1, 4, 2];
        var names = order.Select(column => SampleRows.Training.Schema.ColumnNames[column]);
        var detector = new IsolationForestTrainer { TreeCount = 30 }.Fit(SampleRows.Training.SelectColumns(names));
        float[] mixed = SampleRows.Mixed();
        float[] rows = [.. Enumerable.Range(0, mixed.Length).Select(at => mixed[(at / SampleRows.Columns * SampleRows.Columns) + order[at % SampleRows.Columns]])];
        Parity.Check(detector, rows);
    }

    [Fact]
    public void Trees_of_one_leaf_say_the_same_of_every_row()
    {
        float[] cells = [.. Enumerable.Repeat(2.5f, 40)];
        var detector = new IsolationForestTrainer { TreeCount = 10 }.Fit(FeatureMatrix.Wrap(cells, 2));
        Parity.Check(detector, [2.5f, 2.5f, 2.5f, 3, 1e9f, 2.5f, MathF.BitIncrement(2.5f), 2.5f]);
    }

    [Fact]
    public void Splits_between_equal_path_lengths_are_left_out()
    {
        // Two rows a tree: every tree is a split between two leaves of equal depth, and says the same of every row.
        var pairs = new IsolationForestTrainer { TreeCount = 10, SampleSize = 2 }.Fit(SampleRows.Training);
        Parity.Check(pairs, SampleRows.Mixed());
        Assert.DoesNotContain(Nodes(pairs), node => node.OpType == "TreeEnsembleRegressor");

        var trees = Nodes(Forest).Single(node => node.OpType == "TreeEnsembleRegressor").Attribute.ToDictionary(attribute => attribute.Name);
        var weights = new Dictionary<(long Tree, long Node), float>();
        for (int i = 0; i < trees["target_weights"].Floats.Count; i++)
            weights.Add((trees["target_treeids"].Ints[i], trees["target_nodeids"].Ints[i]), trees["target_weights"].Floats[i]);
        int pairsOfLeaves = 0;
        for (int i = 0; i < trees["nodes_treeids"].Ints.Count; i++)
        {
            long tree = trees["nodes_treeids"].Ints[i];
            if (trees["nodes_modes"].Strings[i].ToStringUtf8() != "LEAF"
                && weights.TryGetValue((tree, trees["nodes_truenodeids"].Ints[i]), out float left) && weights.TryGetValue((tree, trees["nodes_falsenodeids"].Ints[i]), out float right))
            {
                pairsOfLeaves++;
                Assert.NotEqual(left, right);
            }
        }

        Assert.True(pairsOfLeaves > 100);
    }

    [Fact]
    public void A_hundred_trees_of_256_rows_take_at_most_a_megabyte()
    {
        float[] cells = SampleRows.Ordinary(2000, seed: 4);
        var model = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(cells, SampleRows.Columns)).ToOnnx();
        Assert.InRange(model.Length, 100_000, 1_000_000);
    }

    [Fact]
    public void A_forest_of_a_million_nodes_is_exported_right()
    {
        float[] cells = SampleRows.Ordinary(30_000, seed: 5);
        var detector = new IsolationForestTrainer { TreeCount = 22, SampleSize = 30_000, MaxDepth = 60 }.Fit(FeatureMatrix.Wrap(cells, SampleRows.Columns));
        Parity.Check(detector, SampleRows.Mixed());
    }

    private static RepeatedField<NodeProto> Nodes(IsolationForestDetector detector) => ModelProto.Parser.ParseFrom(detector.ToOnnx().ToArray()).Graph.Node;

    private static void AddSteps(IsolationForestDetector detector, float low, float high, List<float> rows)
    {
        if (detector.Score([low]) == detector.Score([high]))
            return;
        while (MathF.BitIncrement(low) < high)
        {
            float middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                middle = MathF.BitIncrement(low);
            if (detector.Score([low]) != detector.Score([middle]))
                high = middle;
            else
                low = middle;
        }

        rows.AddRange([MathF.BitDecrement(low), low, high, MathF.BitIncrement(high)]);
    }
}
