namespace AnomalyKit.IsolationForest.Tests;

/// <summary>How trees grow on rows with missing cells, and what becomes of columns that are constant where they are known.</summary>
public class MissingCellTests
{
    [Fact]
    public void Rows_with_a_missing_cell_go_to_the_sides_in_proportion_to_the_known_ones()
    {
        // Thirty known rows of two values, ten below; the threshold lies between them. Thirty rows without a cell.
        float[] cells = [.. Enumerable.Range(0, 60).Select(i => i < 30 ? float.NaN : i < 40 ? 0f : 1f)];
        var data = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(1).WithMissing("f0"));
        var model = new IsolationForestTrainer { TreeCount = 4000, MaxDepth = 1, SampleSize = 60 }.Fit(data).Model;
        var lefts = new List<int>();
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int left = model.Size[model.TreeStarts[tree] + 1];
            Assert.InRange(left, 10, 40);
            Assert.Equal(60, left + model.Size[model.TreeStarts[tree] + 2]);
            lefts.Add(left - 10);
        }

        // A third of thirty; five standard errors of the mean of binomials, and their variance.
        double variance = 30 * (1.0 / 3) * (2.0 / 3);
        Assert.Equal(10, lefts.Average(), 5 * Math.Sqrt(variance / 4000));
        Assert.Equal(variance, lefts.Select(left => Math.Pow(left - 10, 2)).Average(), 0.12 * variance);
    }

    [Fact]
    public void Columns_of_which_the_known_cells_are_equal_are_never_split()
    {
        float[] cells = [.. Enumerable.Range(0, 300 * 3).Select(i => (i % 3) switch { 0 => (float)(i * 7919 % 1009), 1 => i % 2 == 0 ? 5 : float.NaN, _ => float.NaN })];
        var forest = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(3).WithMissing("f1", "f2")));
        Assert.Equal([-1, 0], forest.Model.Feature.Distinct().Order());
        Assert.Equal([1], forest.Model.Constants!.Columns);
        Assert.Equal([5f], forest.Model.Constants.Values);
        float kept = forest.Score([500f, 5f, float.NaN]);
        Assert.Equal(kept, forest.Score([500f, float.NaN, float.NaN]));
        Assert.Equal(kept, forest.Score([500f, 5f, 77f]));
        Assert.True(forest.Score([500f, 6f, float.NaN]) > kept + 0.2f);
    }

    [Fact]
    public void A_constant_column_is_found_where_its_first_known_cell_comes_late()
    {
        var cells = new float[40_000 * 2];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = i % 2 == 0 ? i * 31 % 1013 : i > 70_000 ? 8 : float.NaN;
        var schema = FeatureSchema.Unnamed(2).WithMissing("f1");
        var trainer = new IsolationForestTrainer { TreeCount = 5 };
        Assert.Equal([8f], trainer.Fit(FeatureMatrix.Wrap(cells, schema)).Model.Constants!.Values);
        cells[^1] = 9;
        Assert.Null(trainer.Fit(FeatureMatrix.Wrap(cells, schema)).Model.Constants);
    }

    [Fact]
    public void A_category_of_one_level_is_a_constant_that_any_other_level_departs_from_by_one()
    {
        var schema = new FeatureSchema(["amount", "color"]).WithCategories(new Dictionary<string, int> { ["color"] = 9 }).WithMissing("color");
        float[] cells = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? (float)(i * 7919 % 1009) : i % 8 == 1 ? float.NaN : 6)];
        var forest = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(cells, schema));
        double kept = forest.Score([500f, 6f]);
        Assert.Equal((float)kept, forest.Score([500f, float.NaN]));
        foreach (float other in new[] { 0f, 5f, 9f })
            Assert.Equal(1 - ((1 - kept) / 9), forest.Score([500f, other]), 1e-6);
    }

    [Fact]
    public void Rows_without_any_known_cell_can_be_fitted_and_scored()
    {
        var cells = new float[60 * 2];
        Array.Fill(cells, float.NaN);
        var schema = FeatureSchema.Unnamed(2).WithMissing("f0", "f1");
        var forest = new IsolationForestTrainer { TreeCount = 10 }.Fit(FeatureMatrix.Wrap(cells, schema));
        Assert.Null(forest.Model.Constants);
        Assert.All(forest.Score(FeatureMatrix.Wrap(cells, schema)), score => Assert.Equal(0.5f, score, 1e-6f));
        Assert.Equal(0.5f, forest.Score([1f, 2f]), 1e-6f);
    }

    [Fact]
    public void Sizes_add_up_and_thresholds_lie_between_the_known_extremes_of_their_columns()
    {
        var data = MixedData.WithGaps(RecipeData.Normals(500, 4), 3);
        var model = new IsolationForestTrainer { TreeCount = 30 }.Fit(data).Model;
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            for (int at = model.TreeStarts[tree]; at < model.TreeStarts[tree + 1]; at++)
            {
                if (model.Feature[at] < 0)
                    continue;
                int left = model.TreeStarts[tree] + model.Left[at];
                Assert.Equal(model.Size[at], model.Size[left] + model.Size[left + 1]);
                float[] known = [.. Enumerable.Range(0, 500).Select(row => data.Cells(row)[model.Feature[at]]).Where(cell => !float.IsNaN(cell))];
                Assert.InRange(model.Threshold[at], MathF.BitIncrement(known.Min()), known.Max());
            }
        }
    }

    /// <summary>A forest in which many cells are missing still tells anomalies apart.</summary>
    [Fact]
    public void Anomalies_are_found_though_a_fifth_of_the_cells_is_missing()
    {
        var clouds = RecipeData.Clouds();
        var gaps = MixedData.WithGaps(clouds, 5);
        float[] complete = new IsolationForestTrainer().Fit(clouds).Score(clouds);
        float[] missing = new IsolationForestTrainer().Fit(gaps).Score(gaps);
        double before = DetectionMetrics.RocAuc(clouds.Labels.Span, complete);
        Assert.InRange(DetectionMetrics.RocAuc(clouds.Labels.Span, missing), before - 0.12, 1);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("robust")]
    public void Scalings_need_complete_numbers(string name)
    {
        var scaling = name == "standard" ? FeatureScaling.Standard : FeatureScaling.Robust;
        var exception = Assert.Throws<ArgumentException>(() => new IsolationForestTrainer { Scaling = scaling }.Fit(MixedData.Rows(50)));
        Assert.Contains("'color'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FeatureScaling.None", exception.Message, StringComparison.Ordinal);
        Assert.Equal("data", exception.ParamName);
    }

    [Fact]
    public void A_cell_that_may_not_be_missing_is_named()
    {
        var forest = new IsolationForestTrainer { TreeCount = 5 }.Fit(MixedData.Rows(50));
        var exception = Assert.Throws<FeatureDataException>(() => forest.Score([float.NaN, 1, 1, 1]));
        Assert.Equal("amount", exception.ColumnName);
        Assert.Equal("age", Assert.Throws<FeatureDataException>(() => forest.Score([1, 1, float.PositiveInfinity, 1])).ColumnName);
        Assert.Equal("color", Assert.Throws<FeatureDataException>(() => forest.Score([1, 6, 1, 1])).ColumnName);
    }
}
