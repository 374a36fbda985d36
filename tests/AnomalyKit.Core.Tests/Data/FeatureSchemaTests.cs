namespace AnomalyKit.Core.Tests.Data;

public class FeatureSchemaTests
{
    [Fact]
    public void Columns_are_found_by_name()
    {
        var schema = new FeatureSchema(["a", "B", "c d"]);
        Assert.Equal(2, schema.IndexOf("c d"));
        Assert.True(schema.TryIndexOf("B", out int index));
        Assert.Equal(1, index);
        Assert.False(schema.TryIndexOf("b", out _));
        var exception = Assert.Throws<ArgumentException>(() => schema.IndexOf("b"));
        Assert.Contains("'b'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("a, B, c d", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => schema.TryIndexOf(null!, out _));
    }

    [Fact]
    public void Blank_and_repeated_names_are_refused_by_place()
    {
        Assert.Contains("column 1", Assert.Throws<ArgumentException>(() => new FeatureSchema(["a", " "])).Message, StringComparison.Ordinal);
        Assert.Contains("column 0", Assert.Throws<ArgumentException>(() => new FeatureSchema([null!])).Message, StringComparison.Ordinal);
        Assert.Contains("Columns 0 and 2", Assert.Throws<ArgumentException>(() => new FeatureSchema(["a", "b", "a"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FeatureSchema([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureSchema.Unnamed(0));
    }

    [Fact]
    public void Offsets_must_be_finite_and_one_a_column()
    {
        Assert.Throws<ArgumentException>(() => new FeatureSchema(["a", "b"], [1]));
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity])
            Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => new FeatureSchema(["a", "b"], [0, bad])).Message, StringComparison.Ordinal);
        Assert.True(new FeatureSchema(["a", "b"], [0, 1]).HasOffsets);
        Assert.False(new FeatureSchema(["a", "b"], [0, -0.0]).HasOffsets);
    }

    [Fact]
    public void Encoding_takes_the_offset_off_before_rounding()
    {
        var schema = new FeatureSchema(["time", "amount"], [1.7e9, 0]);
        var cells = new float[2];
        schema.Encode([1_700_000_001.5, 0.1], cells);
        Assert.Equal([1.5f, 0.1f], cells);
        Assert.Throws<ArgumentException>(() => schema.Encode([1], cells));
        Assert.Throws<ArgumentException>(() => schema.Encode([1, 2], new float[3]));
    }

    [Fact]
    public void Schemas_are_equal_by_names_offsets_and_whether_the_names_were_given()
    {
        var schema = new FeatureSchema(["f0", "f1"]);
        Assert.Equal(schema, new FeatureSchema(["f0", "f1"], [0, 0]));
        Assert.Equal(schema.GetHashCode(), new FeatureSchema(["f0", "f1"], [0, 0]).GetHashCode());
        Assert.NotEqual(schema, new FeatureSchema(["f0", "f2"]));
        Assert.NotEqual(schema, new FeatureSchema(["f0", "f1"], [0, 1]));
        Assert.NotEqual(schema, FeatureSchema.Unnamed(2));
        Assert.False(schema.Equals(null));
        Assert.Equal("f0, f1", schema.ToString());
    }

    [Fact]
    public void A_schema_keeps_names_and_offsets_of_its_own()
    {
        string[] names = ["a", "b"];
        double[] offsets = [1, 2];
        var schema = new FeatureSchema(names, offsets);
        names[0] = "x";
        offsets[0] = 9;
        Assert.Equal(["a", "b"], schema.ColumnNames);
        Assert.Equal([1, 2], schema.ColumnOffsets.ToArray());
    }

    [Fact]
    public void A_selection_of_unnamed_columns_is_known_by_its_names()
    {
        var data = FeatureMatrix.Wrap(new float[6], 3);
        Assert.False(data.Schema.IsNamed);
        Assert.False(data.SelectColumns("f0", "f1").Schema.IsNamed);
        Assert.True(data.SelectColumns("f1", "f2").Schema.IsNamed);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_name() =>
        Assert.Throws<ArgumentException>(() => new FeatureSchema(["a", "b\ud800"]));
}
