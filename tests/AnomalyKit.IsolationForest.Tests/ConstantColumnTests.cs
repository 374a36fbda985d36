using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>A column that was constant in training and is not any more: no tree can split it, yet the row is the plainest anomaly there is.</summary>
public class ConstantColumnTests
{
    private const int Rows = 500;

    [Theory]
    [InlineData(20f, 10_000f)]
    [InlineData(20f, 21f)]
    [InlineData(20f, -20f)]
    [InlineData(0f, 1f)]
    [InlineData(0f, -1f)]
    [InlineData(0.001f, 0.002f)]
    [InlineData(1e7f, 1.001e7f)]
    [InlineData(float.MaxValue, 0f)]
    [InlineData(-float.MaxValue, float.MaxValue)]
    [InlineData(float.Epsilon, float.MaxValue)]
    public void A_departure_outscores_every_training_row(float constant, float departed)
    {
        var data = WithConstant(constant);
        foreach (var scaling in new[] { FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.Robust })
        {
            var forest = new IsolationForestTrainer { Scaling = scaling }.Fit(data);
            float score = forest.Score([0f, 0f, departed, 0f]);
            Assert.InRange(score, forest.Score(data).Max() + 0.01f, 1f);
            Assert.True(forest.IsAnomaly([0f, 0f, departed, 0f]));
        }
    }

    [Fact]
    public void Scores_grow_with_the_departure_over_the_whole_range_of_float32()
    {
        var forest = new IsolationForestTrainer().Fit(WithConstant(20));
        float kept = forest.Score([0f, 0f, 20f, 0f]);
        float before = kept;
        foreach (float departure in new[] { 0.001f, 0.01f, 0.1f, 1f, 10f, 100f, 1e4f, 1e6f, 1e9f })
        {
            float above = forest.Score([0f, 0f, 20f + departure, 0f]);
            float below = forest.Score([0f, 0f, 20f - departure, 0f]);
            Assert.True(above > before, $"{departure}: {above} after {before}");
            Assert.Equal(above, below, 1e-4f);
            before = above;
        }

        Assert.InRange(before, 0.999f, 1f);
        Assert.InRange(forest.Score([0f, 0f, 20.001f, 0f]), kept, kept + 0.2f);
    }

    [Fact]
    public void The_definition_is_as_documented()
    {
        var forest = new IsolationForestTrainer().Fit(WithConstant(20));
        double kept = forest.Score([0f, 0f, 20f, 0f]);
        double departure = 9980 - (20 * Math.Pow(2, -20));
        Assert.Equal(1 - ((1 - kept) / (1 + (8 * Math.Sqrt(departure)))), forest.Score([0f, 0f, 10_000f, 0f]), 1e-7);
    }

    [Fact]
    public void Departures_of_several_columns_add_up()
    {
        float[] cells = [.. Enumerable.Range(0, 400 * 3).Select(i => i % 3 == 0 ? (float)(i * 7919 % 1009) : i % 3)];
        var forest = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(cells, 3));
        float one = forest.Score([500f, 2f, 2f]);
        Assert.Equal(one, forest.Score([500f, 1f, 3f]));
        Assert.True(forest.Score([500f, 2f, 3f]) > one);
        Assert.Equal(forest.Score([500f, 3f, 2f]), forest.Score([500f, 2f, 3f]));
    }

    [Theory]
    [InlineData(20f)]
    [InlineData(1e-30f)]
    [InlineData(16_777_216f)]
    [InlineData(-3e38f)]
    public void Rounding_is_no_departure(float constant)
    {
        var forest = new IsolationForestTrainer().Fit(WithConstant(constant));
        float kept = forest.Score([0f, 0f, constant, 0f]);
        float up = constant;
        float down = constant;
        for (int i = 0; i < 4; i++)
        {
            up = MathF.BitIncrement(up);
            down = MathF.BitDecrement(down);
            Assert.Equal(kept, forest.Score([0f, 0f, up, 0f]));
            Assert.Equal(kept, forest.Score([0f, 0f, down, 0f]));
        }
    }

    /// <summary>The value lies in a column's offset; a caller who has float32 values alone cannot give it more exactly than to its rounding.</summary>
    [Fact]
    public void Rounding_of_the_whole_value_is_no_departure_where_a_column_has_an_offset()
    {
        const double Constant = 1_700_000_001;
        var schema = new FeatureSchema(["a", "b", "c", "d"], [0, 0, Constant, 0]);
        var forest = new IsolationForestTrainer().Fit(FeatureMatrix.Wrap(WithConstant(0).ContiguousCells(0).ToArray(), schema));
        float kept = forest.Score(Encoded(0))[0];
        Assert.Equal(kept, forest.Score(Encoded((float)((float)Constant - Constant)))[0]);
        Assert.True(forest.Score(Encoded(3600))[0] > 0.95f);

        FeatureMatrix Encoded(float cell) => FeatureMatrix.Wrap(new[] { 0f, 0f, cell, 0f }, schema);
    }

    [Fact]
    public void Rows_that_keep_the_constants_score_as_the_trees_alone_have_it()
    {
        var data = WithConstant(20);
        var model = new IsolationForestTrainer().Fit(data).Model;
        Assert.Equal([2], model.Constants!.Columns);
        Assert.Equal([20f], model.Constants.Values);
        var trees = new IsolationForestModel(
            model.Columns, model.SampleSize, model.DepthLimit, model.TreeStarts, model.Feature, model.Threshold, model.Left, model.Size);
        var expected = new float[Rows];
        new Scoring.ForestScorer(trees, null).Score(data.ContiguousCells(0), expected);
        Assert.Equal(expected, new IsolationForestTrainer().Fit(data).Score(data));
    }

    [Fact]
    public void Data_without_constant_columns_leaves_nothing_in_the_model()
    {
        var forest = new IsolationForestTrainer().Fit(RecipeData.Clouds());
        Assert.Null(forest.Model.Constants);
    }

    /// <summary>The one row that differs lies behind the first block of the search, or in the last row of the first one.</summary>
    [Theory]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(39_999)]
    public void A_single_other_row_anywhere_makes_a_column_no_constant(int other)
    {
        var cells = new float[40_000 * 3];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = i % 3 == 0 ? i * 31 % 1013 : 5;
        cells[(other * 3) + 1] = 6;
        var model = new IsolationForestTrainer { TreeCount = 5 }.Fit(FeatureMatrix.Wrap(cells, 3)).Model;
        Assert.Equal([2], model.Constants!.Columns);
    }

    [Fact]
    public void Constants_of_a_transform_that_cannot_be_folded_are_those_that_the_model_sees()
    {
        var data = WithConstant(20);
        var opaque = FeatureScaling.Fitted(new OpaqueTransform(FeatureScaling.Standard.Fit(data, new FitContext())));
        var forest = new IsolationForestTrainer { Scaling = opaque }.Fit(data);
        Assert.Equal([0f], forest.Model.Constants!.Values);
        Assert.True(forest.Score([0f, 0f, 30f, 0f]) > forest.Score(data).Max());
    }

    [Fact]
    public void A_model_file_keeps_the_constants()
    {
        var forest = new IsolationForestTrainer().Fit(WithConstant(20));
        float[] rows = [0, 0, 20, 0, 0, 0, 20.5f, 0, 1, 1, 1e6f, 1];
        Assert.Equal(forest.Score(FeatureMatrix.Wrap(rows, 4)), Reloaded(forest).Score(FeatureMatrix.Wrap(rows, 4)));
    }

    [Fact]
    public void Merging_keeps_what_is_constant_in_all_parts()
    {
        var twenty = new IsolationForestTrainer { TreeCount = 20 }.Fit(WithConstant(20));
        var rest = new IsolationForestTrainer { TreeCount = 20, FirstTree = 20 };
        var same = IsolationForestDetector.Merge(twenty, rest.Fit(WithConstant(20)));
        var whole = new IsolationForestTrainer { TreeCount = 40 }.Fit(WithConstant(20));
        Assert.Equal(whole.Score([0f, 0f, 25f, 0f]), same.Score([0f, 0f, 25f, 0f]));
        Assert.Null(IsolationForestDetector.Merge(twenty, rest.Fit(WithConstant(30))).Model.Constants);
        Assert.Null(IsolationForestDetector.Merge(twenty, rest.Fit(RecipeData.Normals(Rows, 4))).Model.Constants);
    }

    [Theory]
    [InlineData(new[] { 2, 1 }, 2)]
    [InlineData(new[] { 1, 1 }, 2)]
    [InlineData(new[] { 4 }, 1)]
    [InlineData(new[] { -1 }, 1)]
    [InlineData(new[] { 1 }, 2)]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { 1 }, -1)]
    [InlineData(null, 1)]
    public void Constants_that_make_no_sense_are_refused(int[]? columns, int values)
    {
        using var stream = new MemoryStream();
        var forest = new IsolationForestTrainer { TreeCount = 2 }.Fit(RecipeData.Normals(50, 4));
        var writer = new ModelWriter();
        forest.WriteTo(writer);
        if (columns is not null)
            writer.Scope("model").Add("constant_columns", columns.AsMemory());
        if (values >= 0)
            writer.Scope("model").Add("constant_values", new float[values].AsMemory());
        writer.Save(stream);
        stream.Position = 0;
        Assert.Throws<ModelFormatException>(() => IsolationForestDetector.Load(stream));
    }

    private static FeatureMatrix WithConstant(float value)
    {
        var normals = RecipeData.Normals(Rows, 4);
        float[] cells = normals.ContiguousCells(0).ToArray();
        for (int i = 2; i < cells.Length; i += 4)
            cells[i] = value;
        return FeatureMatrix.Wrap(cells, 4);
    }

    private static IsolationForestDetector Reloaded(IsolationForestDetector forest)
    {
        using var stream = new MemoryStream();
        forest.Save(stream);
        stream.Position = 0;
        return IsolationForestDetector.Load(stream);
    }
}
