using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Attributions against the definition, over all subsets of the columns.</summary>
public class AttributionOracleTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, 12)]
    [InlineData(6, null)]
    [InlineData(10, null)]
    [InlineData(10, 20)]
    public void Values_are_those_of_all_subsets(int columns, int? depth)
    {
        var data = RecipeData.Normals(300, columns);
        var forest = new IsolationForestTrainer { TreeCount = 8, SampleSize = 64, MaxDepth = depth, Seed = 5 }.Fit(data);
        for (int row = 0; row < 5; row++)
            AssertPathDependent(forest, Far(data.Cells(row), row), ColumnGroups.Columns(forest.Schema));
    }

    [Fact]
    public void Values_are_those_of_all_subsets_where_cells_are_missing_or_categories()
    {
        var forest = new IsolationForestTrainer { TreeCount = 10, SampleSize = 128, Seed = 3 }.Fit(MixedData.Rows(500));
        Assert.NotNull(forest.Model.Categories);
        foreach (float[] row in MixedRows())
            AssertPathDependent(forest, row, ColumnGroups.Columns(forest.Schema));
    }

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(0, 1, 1, 2)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(0, 0, 0, 0)]
    public void A_group_of_columns_is_one_player_also_where_some_of_its_cells_are_missing(params int[] groups)
    {
        var forest = new IsolationForestTrainer { TreeCount = 10, SampleSize = 128, Seed = 3 }.Fit(MixedData.Rows(500));
        var grouped = new ColumnGroups(groups, Enumerable.Range(0, groups.Max() + 1).Select(group => $"group {group}"));
        foreach (float[] row in MixedRows())
            AssertPathDependent(forest, row, grouped);
    }

    [Fact]
    public void A_group_of_plain_columns_is_one_player()
    {
        var data = RecipeData.Normals(300, 9);
        var forest = new IsolationForestTrainer { TreeCount = 8, SampleSize = 128, MaxDepth = 15 }.Fit(data);
        var groups = new ColumnGroups([2, 0, 1, 1, 0, 3, 2, 0, 0], ["a", "b", "c", "d"]);
        for (int row = 0; row < 5; row++)
            AssertPathDependent(forest, Far(data.Cells(row), row), groups);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, 15)]
    [InlineData(8, null)]
    public void Interventional_values_are_those_of_all_subsets_over_all_background_rows(int columns, int? depth)
    {
        var data = RecipeData.Normals(300, columns);
        var forest = new IsolationForestTrainer { TreeCount = 6, SampleSize = 64, MaxDepth = depth, Seed = 8 }.Fit(data);
        for (int row = 0; row < 3; row++)
            AssertInterventional(forest, Far(data.Cells(row), row), data.Slice(50, 7), ColumnGroups.Columns(forest.Schema));
    }

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(0, 1, 0, 1)]
    [InlineData(0, 0, 0, 0)]
    public void Interventional_values_are_those_of_all_subsets_where_cells_are_missing_or_categories(params int[] groups)
    {
        var data = MixedData.Rows(500);
        var forest = new IsolationForestTrainer { TreeCount = 8, SampleSize = 128, Seed = 3 }.Fit(data);
        var grouped = new ColumnGroups(groups, Enumerable.Range(0, groups.Max() + 1).Select(group => $"group {group}"));
        foreach (float[] row in MixedRows())
            AssertInterventional(forest, row, data.Slice(20, 12), grouped);
    }

    internal static float[][] MixedRows() =>
    [
        [0.5f, 2, 0.5f, 3], [0.1f, float.NaN, 0.5f, 7], [0.5f, 5, float.NaN, 200], [3f, float.NaN, float.NaN, float.NaN], [-9f, 0, -9f, 150], [0.9f, 4, 0.1f, float.NaN],
    ];

    private static void AssertPathDependent(IsolationForestDetector forest, float[] row, ColumnGroups groups)
    {
        double Value(int known) => ShapleyOracle.PathDependent(forest.Model, row, column => (known >> groups.GroupOf[column] & 1) != 0);
        Assert.Null(forest.Model.Constants);
        AssertEqual(forest, row, groups, null, ShapleyOracle.Values(groups.Count, Value), Value(0), Value((1 << groups.Count) - 1));
    }

    private static void AssertInterventional(IsolationForestDetector forest, float[] row, FeatureMatrix background, ColumnGroups groups)
    {
        double Value(int known) => Enumerable.Range(0, background.RowCount).Average(
            other => ShapleyOracle.Interventional(forest.Model, row, background.Cells(other).ToArray(), column => (known >> groups.GroupOf[column] & 1) != 0));
        AssertEqual(forest, row, groups, background, ShapleyOracle.Values(groups.Count, Value), Value(0), Value((1 << groups.Count) - 1));
    }

    private static void AssertEqual(
        IsolationForestDetector forest, float[] row, ColumnGroups groups, FeatureMatrix? background, double[] expected, double baseline, double explained)
    {
        var options = new AttributionOptions { Groups = groups, Background = background };
        Assert.IsNotType<SamplingAttributor>(forest.CreateAttributor(options));
        var actual = forest.Attribute(row, options);
        Assert.Equal(baseline, actual.Baseline, 1e-12 * Math.Abs(baseline));
        Assert.Equal(explained, actual.Explained, 1e-12 * Math.Abs(explained));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual.Contributions[i], 1e-10 * Math.Max(Math.Abs(expected[i]), 1e-3));
    }

    /// <summary>A row with some of its columns moved out of the data.</summary>
    private static float[] Far(ReadOnlySpan<float> row, int which)
    {
        var random = new CounterRandom((ulong)which);
        float[] far = row.ToArray();
        foreach (ref float cell in far.AsSpan())
            cell *= random.NextInt32(3) == 0 ? 5 : 1;
        return far;
    }
}
