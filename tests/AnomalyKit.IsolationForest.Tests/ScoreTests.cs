using AnomalyKit.IsolationForest.Scoring;
using FsCheck.Xunit;

namespace AnomalyKit.IsolationForest.Tests;

public class ScoreTests
{
    [Fact]
    public void Scores_are_two_to_the_minus_mean_path_length_over_the_normal_one()
    {
        var data = RecipeData.Tails();
        var forest = new IsolationForestTrainer { TreeCount = 37, Seed = 3 }.Fit(data);
        var model = forest.Model;
        float[] scores = forest.Score(data);
        for (int row = 0; row < data.RowCount; row++)
        {
            double sum = 0;
            for (int tree = 0; tree < model.TreeCount; tree++)
            {
                int at = model.TreeStarts[tree];
                while (model.Feature[at] >= 0)
                    at = model.TreeStarts[tree] + model.Left[at] + (data.Cells(row)[model.Feature[at]] < model.Threshold[at] ? 0 : 1);
                sum += model.PathLength[at] / 65536.0;
            }

            Assert.Equal(Math.Pow(2, -sum / 37 / model.NormalPathLength), scores[row], 1e-7);
        }
    }

    [Property(MaxTest = 20)]
    public bool Powers_of_two_scale_and_shift_columns_without_changing_a_bit(int seed, sbyte a, sbyte b, sbyte c)
    {
        // Multiplying by powers of two is exact in float32, so trees split the same rows at scaled thresholds.
        int[] exponents = [a / 8, b / 8, c / 8];
        var data = RecipeData.Normals(200, 3, (ulong)(uint)seed);
        var cells = new float[600];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = MathF.ScaleB(data.Cells(i / 3)[i % 3], exponents[i % 3]);
        var scaled = FeatureMatrix.Wrap(cells, 3);
        var trainer = new IsolationForestTrainer { TreeCount = 30, Seed = (ulong)(uint)seed };
        return trainer.Fit(data).Score(data).AsSpan().SequenceEqual(trainer.Fit(scaled).Score(scaled));
    }

    [Property(MaxTest = 20)]
    public bool Exact_shifts_change_no_bit(int seed, short shift)
    {
        // Whole numbers and quarters below 2²⁰ are exact in float32, and so are their thresholds' sides: rows split alike where the drawn threshold rounds alike.
        var random = new Random(seed);
        float[] cells = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(0, 2))];
        float[] shifted = [.. cells.Select(cell => cell + shift)];
        var trainer = new IsolationForestTrainer { TreeCount = 30, Seed = (ulong)(uint)seed };
        return trainer.Fit(FeatureMatrix.Wrap(cells, 3)).Score(FeatureMatrix.Wrap(cells, 3)).AsSpan()
            .SequenceEqual(trainer.Fit(FeatureMatrix.Wrap(shifted, 3)).Score(FeatureMatrix.Wrap(shifted, 3)));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("min-max")]
    [InlineData("robust")]
    public void Scaling_folded_into_the_trees_scores_as_scaling_row_by_row(string name)
    {
        FeatureScaling[] all = [FeatureScaling.Standard, FeatureScaling.MinMax, FeatureScaling.Robust];
        var scaling = all.Single(candidate => candidate.ToString() == name);
        foreach (var data in (FeatureMatrix[])[RecipeData.Clouds(), RecipeData.Shifted(), RecipeData.Tails()])
        {
            var transform = scaling.Fit(data, new FitContext());
            var folded = new IsolationForestTrainer { Seed = 2, Scaling = FeatureScaling.Fitted(transform) }.Fit(data);
            var unfolded = new IsolationForestTrainer { Seed = 2, Scaling = FeatureScaling.Fitted(new OpaqueTransform(transform)) }.Fit(data);
            Assert.Equal(unfolded.Threshold, folded.Threshold);
            Assert.Equal(unfolded.Score(data), folded.Score(data));

            // Right at the thresholds is where folding could go wrong.
            var edges = Edges(folded, data.ColumnCount);
            Assert.Equal(unfolded.Score(edges), folded.Score(edges));
        }
    }

    [Fact]
    public void Every_kernel_gives_the_same_bits()
    {
        var data = RecipeData.Shifted();
        foreach (int? depth in (int?[])[null, 3, 30])
        {
            var model = new IsolationForestTrainer { TreeCount = 150, MaxDepth = depth }.Fit(data).Model;
            foreach (var scaling in (ColumnScaling?[])[null, new([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8])])
            {
                var expected = new float[data.RowCount];
                new ForestScorer(model, scaling, ForestKernel.Walk).Score(data.ContiguousCells(0), expected);
                foreach (var kernel in Enum.GetValues<ForestKernel>())
                {
                    var scorer = new ForestScorer(model, scaling, kernel);
                    foreach (int rows in (int[])[0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 600])
                    {
                        var actual = new float[rows];
                        scorer.Score(data.ContiguousCells(600 - rows < 600 ? 600 - rows : 0, Math.Max(rows, 1))[..(rows * 8)], actual);
                        Assert.Equal(expected[(600 - rows)..], actual);
                    }
                }
            }
        }
    }

    private static FeatureMatrix Edges(IsolationForestDetector forest, int columns)
    {
        var scaling = (ColumnScaling)forest.Transform;
        var cells = new List<float>();
        for (int at = 0; at < forest.Model.Feature.Length && cells.Count < 9000; at++)
        {
            int feature = forest.Model.Feature[at];
            if (feature < 0)
                continue;
            float edge = (float)((forest.Model.Threshold[at] * scaling.Scales[feature]) + scaling.Centers[feature]);
            foreach (float value in (float[])[MathF.BitDecrement(edge), edge, MathF.BitIncrement(edge)])
            {
                var row = new float[columns];
                row[feature] = value;
                cells.AddRange(row);
            }
        }

        return FeatureMatrix.Wrap(cells.ToArray(), columns);
    }
}
