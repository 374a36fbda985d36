using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Scores of rows with categories and missing cells.</summary>
public class MixedScoreTests
{
    private static readonly FeatureMatrix Data = MixedData.Rows(600);
    private static readonly IsolationForestDetector Forest = new IsolationForestTrainer { TreeCount = 60, Seed = 4 }.Fit(Data);

    [Fact]
    public void Scores_are_those_of_the_definition()
    {
        var probes = MixedData.Rows(300, seed: 8);
        float[] scores = Forest.Score(probes);
        Assert.NotNull(Forest.Model.Categories);
        for (int row = 0; row < probes.RowCount; row++)
            Assert.Equal(MixedData.Score(Forest.Model, probes.Cells(row)), scores[row], 1e-6);
    }

    [Fact]
    public void A_row_scores_the_same_alone_and_in_any_batch_on_any_threads()
    {
        float[] whole = Forest.Score(Data);
        foreach (int threads in (int[])[1, 2, 5])
            Assert.Equal(whole, Forest.Score(Data, new ScoreOptions { MaxDegreeOfParallelism = threads }));
        for (int row = 0; row < Data.RowCount; row++)
            Assert.Equal(whole[row], Forest.Score(Data.Cells(row)));
        foreach (int rows in (int[])[2, 7, 31, 257, 511, 513])
            Assert.Equal(whole[..rows], Forest.Score(Data.Slice(0, rows)));
    }

    [Fact]
    public void The_same_forest_grows_on_any_number_of_threads()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 40, Seed = 4 };
        byte[] one = MixedData.Saved(trainer.Fit(Data, new FitOptions { MaxDegreeOfParallelism = 1 }));
        Assert.Equal(one, MixedData.Saved(trainer.Fit(Data, new FitOptions { MaxDegreeOfParallelism = 4 })));
        Assert.NotEqual(one, MixedData.Saved((trainer with { Seed = 5 }).Fit(Data)));
    }

    [Fact]
    public void A_file_keeps_columns_and_scores_to_the_bit()
    {
        byte[] file = MixedData.Saved(Forest);
        var loaded = MixedData.Loaded(file);
        Assert.Equal(Forest.Schema, loaded.Schema);
        Assert.Equal(Forest.Score(Data), loaded.Score(Data));
        Assert.Equal(file, MixedData.Saved(loaded));
    }

    [Fact]
    public void Parts_merge_into_the_whole()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 60, Seed = 4, Threshold = ThresholdRule.Fixed(0.6) };
        var merged = IsolationForestDetector.Merge(
            (trainer with { TreeCount = 23 }).Fit(Data), (trainer with { TreeCount = 37, FirstTree = 23 }).Fit(Data));
        Assert.Equal(MixedData.Saved(trainer.Fit(Data).WithThreshold(0)), MixedData.Saved(merged.WithThreshold(0)));
        var other = trainer.Fit(Data.WithSchema(Data.Schema.WithMissing("amount")));
        Assert.Contains("missing", Assert.Throws<ArgumentException>(() => IsolationForestDetector.Merge(Forest, other)).Message, StringComparison.Ordinal);
    }

    /// <summary>Columns that may have missing cells and have none give the forest of plain columns, and its kernels.</summary>
    [Fact]
    public void Complete_rows_have_the_forest_and_the_scores_of_plain_columns()
    {
        foreach (int columns in (int[])[3, 90])
        {
            var plain = RecipeData.Normals(700, columns);
            var open = plain.WithSchema(plain.Schema.WithMissing(plain.Schema.ColumnNames));
            var trainer = new IsolationForestTrainer { TreeCount = 80, Seed = 2 };
            var one = trainer.Fit(plain);
            var other = trainer.Fit(open);
            Assert.Equal(one.Model.Threshold, other.Model.Threshold);
            Assert.Equal(one.Model.Feature, other.Model.Feature);
            Assert.Equal(one.Score(plain), other.Score(open));
            Assert.Equal(one.Threshold, other.Threshold);

            // One missing cell sends its tile to the walker; the other rows must not notice.
            float[] cells = plain.ContiguousCells(0).ToArray();
            cells[^1] = float.NaN;
            Assert.Equal(one.Score(plain)[..^1], other.Score(FeatureMatrix.Wrap(cells, open.Schema))[..^1]);
        }
    }

    [Fact]
    public void Every_kernel_gives_the_same_bits_where_cells_are_missing()
    {
        var gaps = MixedData.WithGaps(RecipeData.Shifted(), 40);
        var model = new IsolationForestTrainer { TreeCount = 50 }.Fit(gaps).Model;
        var expected = new float[gaps.RowCount];
        new ForestScorer(model, null, ForestKernel.Walk, gaps.Schema).Score(gaps.ContiguousCells(0), expected);
        foreach (var kernel in Enum.GetValues<ForestKernel>())
        {
            var actual = new float[gaps.RowCount];
            new ForestScorer(model, null, kernel, gaps.Schema).Score(gaps.ContiguousCells(0), actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_missing_cell_is_between_the_values_that_it_may_have()
    {
        var data = RecipeData.Normals(500, 1);
        var forest = new IsolationForestTrainer().Fit(data.WithSchema(data.Schema.WithMissing("f0")));
        float missing = forest.Score([float.NaN]);
        Assert.InRange(missing, forest.Score([0f]) + 0.01f, forest.Score([4f]) - 0.1f);
    }

    /// <summary>The score of a category that training never saw, and of one that it saw once, is evidence.</summary>
    [Fact]
    public void An_unseen_level_is_more_anomalous_than_every_level_that_training_knows()
    {
        var schema = new FeatureSchema(["amount", "color"]).WithCategories(new Dictionary<string, int> { ["color"] = 4 });
        var numbers = RecipeData.Normals(1000, 1);
        float[] cells = [.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? numbers.Cells(i / 2)[0] : i / 2 % 4)];
        var forest = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(cells, schema));
        float[] known = [.. Enumerable.Range(0, 4).Select(level => forest.Score([0f, level]))];
        Assert.True(forest.Score([0f, 4f]) > known.Max() + 0.02f, $"{forest.Score([0f, 4f])} after {known.Max()}");
    }

    [Fact]
    public void Scores_of_a_small_forest_are_pinned()
    {
        var forest = new IsolationForestTrainer { TreeCount = 7, SampleSize = 32, Seed = 14 }.Fit(MixedData.Rows(100, seed: 6));
        float[][] rows =
        [
            [0.5f, 2, 0.5f, 3], [0.5f, float.NaN, 0.5f, 3], [0.5f, 5, 0.5f, 200], [0.25f, float.NaN, float.NaN, float.NaN], [9f, 0, -9f, 150],
        ];
        Assert.Equal([1056391336u, 1056696441u, 1057489935u, 1057308767u, 1058871302u], rows.Select(row => BitConverter.SingleToUInt32Bits(forest.Score(row))));
    }
}
