using AnomalyKit.Tests.Tables;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Tests;

/// <summary>Dictionaries that change between batches (apache/arrow PR #14636), hold gaps, numbers, or too few words.</summary>
public sealed class DictionaryTests
{
    [Fact]
    public void A_replaced_or_extended_dictionary_means_its_own_words()
    {
        var first = Batch([0, 1], ["red", "green"]);
        var replaced = Batch([0, 1], ["blue", "red"]);
        var extended = Batch([2, 0], ["blue", "red", "violet"]);
        using var reader = ArrowTableReader.From(first.Schema, [first, replaced, extended]);
        Assert.Equal(["red", "green", "blue", "red", "violet", "blue"], RandomTables.Texts(reader.ReadAll()["x"]));
    }

    [Fact]
    public void Numbers_and_gaps_of_dictionaries_are_read()
    {
        var type = new DictionaryType(Int8Type.Default, DoubleType.Default, false);
        var places = new Int8Array.Builder().Append(1).AppendNull().Append(0).Append(2).Build();
        var array = new DictionaryArray(type, places, new DoubleArray.Builder().Append(1.5).Append(2.5).AppendNull().Build());
        var table = ArrowTables.ToTable(SliceTests.Batch(array));
        Assert.IsType<DoubleColumn>(table["x"]);
        Assert.Equal(["2.5", null, "1.5", null], RandomTables.Texts(table["x"]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_place_outside_the_dictionary_is_refused_with_its_row(sbyte place)
    {
        var error = Assert.Throws<TableDataException>(() => ArrowTables.ToTable(Batch([0, place], ["a", "b"])));
        Assert.Equal((1, "x"), (error.Row, error.ColumnName));
    }

    private static RecordBatch Batch(sbyte[] places, string[] words) => SliceTests.Batch(new DictionaryArray(
        new DictionaryType(Int8Type.Default, StringType.Default, false), new Int8Array.Builder().AppendRange(places).Build(), new StringArray.Builder().AppendRange(words).Build()));
}
