namespace AnomalyKit.Core.Tests.Data;

/// <summary>Columns that are categories or may have missing cells, and the checks of their cells.</summary>
public class ColumnKindTests
{
    private static readonly FeatureSchema Schema = new FeatureSchema(["amount", "color", "age"], [1000, 0, 0])
        .WithCategories(new Dictionary<string, int> { ["color"] = 3 })
        .WithMissing("color", "age");

    [Fact]
    public void Plain_columns_have_neither()
    {
        var plain = new FeatureSchema(["a", "b"]);
        Assert.False(plain.HasCategories || plain.AllowsMissing);
        Assert.Equal([0, 0], plain.LevelCounts.ToArray());
        Assert.Equal([false, false], plain.MissingAllowed.ToArray());
    }

    [Fact]
    public void Builders_add_to_what_is_there_and_change_nothing()
    {
        var plain = new FeatureSchema(["a", "b", "c"]);
        var one = plain.WithCategories(new Dictionary<string, int> { ["b"] = 4 });
        var both = one.WithMissing("c").WithCategories(new Dictionary<string, int> { ["a"] = 1 }).WithMissing(["a"]);
        Assert.Equal([1, 4, 0], both.LevelCounts.ToArray());
        Assert.Equal([true, false, true], both.MissingAllowed.ToArray());
        Assert.Equal([0, 4, 0], one.LevelCounts.ToArray());
        Assert.False(plain.HasCategories || plain.AllowsMissing || one.AllowsMissing);
        Assert.True(both.HasCategories && both.AllowsMissing);
        Assert.Equal(plain, plain.WithMissing([]));
    }

    [Fact]
    public void Kinds_are_part_of_what_makes_schemas_equal()
    {
        var again = new FeatureSchema(["amount", "color", "age"], [1000, 0, 0]).WithMissing("age", "color").WithCategories(new Dictionary<string, int> { ["color"] = 3 });
        Assert.Equal(Schema, again);
        Assert.Equal(Schema.GetHashCode(), again.GetHashCode());
        Assert.NotEqual(Schema, new FeatureSchema(["amount", "color", "age"], [1000, 0, 0]));
        Assert.NotEqual(Schema, Schema.WithMissing("amount"));
        Assert.NotEqual(Schema, Schema.WithCategories(new Dictionary<string, int> { ["color"] = 4 }));
    }

    [Fact]
    public void Selected_columns_keep_their_kinds()
    {
        var selected = FeatureMatrix.Wrap(new[] { 1f, 2, float.NaN, 3, 0, 4 }, Schema).SelectColumns("age", "color");
        Assert.Equal([0, 3], selected.Schema.LevelCounts.ToArray());
        Assert.Equal([true, true], selected.Schema.MissingAllowed.ToArray());
        Assert.Equal([float.NaN, 2, 4, 0], selected.ContiguousCells(0).ToArray());
        Assert.Equal([1000.0], FeatureMatrix.Wrap(new float[3], Schema).SelectColumns("amount").Schema.ColumnOffsets.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1 << 24) + 1)]
    [InlineData(int.MaxValue)]
    public void Level_counts_out_of_range_are_refused(int count)
    {
        var exception = Assert.Throws<ArgumentException>(() => Schema.WithCategories(new Dictionary<string, int> { ["age"] = count }));
        Assert.Contains("'age'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{count} levels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_and_categories_with_offsets_are_refused()
    {
        Assert.Contains("'size'", Assert.Throws<ArgumentException>(() => Schema.WithMissing("age", "size")).Message, StringComparison.Ordinal);
        Assert.Contains("'size'", Assert.Throws<ArgumentException>(() => Schema.WithCategories(new Dictionary<string, int> { ["size"] = 2 })).Message, StringComparison.Ordinal);
        var exception = Assert.Throws<ArgumentException>(() => Schema.WithCategories(new Dictionary<string, int> { ["amount"] = 2 }));
        Assert.Contains("'amount'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_cells_stay_missing_on_the_way_to_cells_and_back()
    {
        double[] values = [1002, 2, double.NaN, 998, double.NaN, 30];
        var cells = new float[6];
        var rows = EncodedRows.Encode(values, Schema, cells);
        Assert.Equal([2f, 2, float.NaN, -2, float.NaN, 30], rows.Cells.ToArray());
        var back = new double[6];
        Schema.Decode(cells, back);
        Assert.Equal(values, back);
        Assert.Equal([2f, 2, float.NaN], EncodedRows.Encode([1002f, 2, float.NaN], Schema, new float[3]).Cells.ToArray());
    }

    [Theory]
    [InlineData(0, float.NaN, "finite")]
    [InlineData(0, float.PositiveInfinity, "finite")]
    [InlineData(2, float.NegativeInfinity, "finite")]
    [InlineData(1, 4f, "3 levels")]
    [InlineData(1, -1f, "3 levels")]
    [InlineData(1, 0.5f, "3 levels")]
    [InlineData(1, float.PositiveInfinity, "3 levels")]
    [InlineData(1, -float.Epsilon, "3 levels")]
    public void Cells_that_the_schema_does_not_allow_are_named(int column, float bad, string expectation)
    {
        float[] values = [1, 0, 1, 1, 3, float.NaN, 1, 2, 1, 1, float.NaN, 1];
        float[] spoiled = [.. values];
        spoiled[6 + column] = bad;
        EncodedRows.Check(values, Schema);
        AssertNamed(Assert.Throws<FeatureDataException>(() => EncodedRows.Check(spoiled, Schema)));
        AssertNamed(Assert.Throws<FeatureDataException>(() => EncodedRows.Encode(spoiled, Schema, new float[12])));
        AssertNamed(Assert.Throws<FeatureDataException>(() => EncodedRows.Encode([.. spoiled.Select(value => (double)value)], Schema, new float[12])));
        AssertNamed(Assert.Throws<FeatureDataException>(() => CheckedRows.Check(FeatureMatrix.Wrap(spoiled, Schema), new FitContext())));

        void AssertNamed(FeatureDataException exception)
        {
            Assert.Equal((2, column, Schema.ColumnNames[column]), (exception.Row, exception.Column, exception.ColumnName));
            Assert.Equal(bad, (float)exception.Value);
            Assert.Contains(expectation, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_category_of_the_most_levels_keeps_its_last_code_exactly()
    {
        var schema = new FeatureSchema(["id"]).WithCategories(new Dictionary<string, int> { ["id"] = 1 << 24 });
        EncodedRows.Check([16_777_215f, 16_777_216f, 0f], schema);
        Assert.Throws<FeatureDataException>(() => EncodedRows.Check([16_777_218f], schema));
    }
}
