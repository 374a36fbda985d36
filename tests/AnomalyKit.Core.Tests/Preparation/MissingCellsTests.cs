using static AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Preparation;

public sealed class MissingCellsTests
{
    private static readonly FeatureTable Ages = Of(Numbers("age", double.NaN, 0, 31, 31, 5), Numbers("amt", 5, 5, 5, 6, 7));

    [Fact]
    public void Missing_cells_are_refused_by_default()
    {
        var exception = Assert.Throws<TableDataException>(() => new TablePreparation().Fit(Ages));
        Assert.Equal((0, "age"), (exception.Row, exception.ColumnName));
        Assert.Contains("1 of 5 cells", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MissingCells.Median", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_missing_cell_is_refused_by_row()
    {
        var fitted = new TablePreparation().Fit(Ages.Slice(1, 4));
        var exception = Assert.Throws<TableDataException>(() => fitted.Apply(Ages, firstRow: 1000));
        Assert.Equal((1000, "age"), (exception.Row, exception.ColumnName));
    }

    [Fact]
    public void A_missing_cell_is_not_zero()
    {
        var matrix = Applied(new TablePreparation { Missing = MissingCells.Median }, Ages);
        Assert.NotEqual(matrix.Cells(0).ToArray(), matrix.Cells(1).ToArray());
    }

    [Fact]
    public void A_constant_for_all_leaves_a_column_without_gaps_alone_that_cannot_hold_it()
    {
        var table = Of(Numbers("amt", 5, 5, 5, 6, 7), CategoryColumn.FromWords("word", ["a", null, "b", "a", "b"]), new DateTimeColumn("at", new long[] { 1, 2, 3, 4, 5 }, isUtc: false));
        var fitted = new TablePreparation { Missing = MissingCells.Constant("none") }.Fit(table);
        Assert.Contains(fitted.Columns, column => column.Name == "word = none");
        var later = Of(Numbers("amt", double.NaN), CategoryColumn.FromWords("word", ["a"]), new DateTimeColumn("at", new long[] { 1 }, isUtc: false));
        Assert.Equal("amt", Assert.Throws<TableDataException>(() => fitted.Apply(later)).ColumnName);
        Assert.Equal((false, true, false), (fitted.AcceptsMissing("amt"), fitted.AcceptsMissing("word"), fitted.AcceptsMissing("at")));
        Assert.Throws<ArgumentException>(() => fitted.AcceptsMissing("none"));
        // With a gap, and where it is the column's own rule, the constant is refused.
        Assert.Contains("'age'", Assert.Throws<ArgumentException>(() => new TablePreparation { Missing = MissingCells.Constant("none") }.Fit(Ages)).Message, StringComparison.Ordinal);
        var own = new TablePreparation { Columns = new Dictionary<string, ColumnPreparation> { ["at"] = new() { Missing = MissingCells.Constant(0) }, ["word"] = new() { Missing = MissingCells.MostFrequent } } };
        Assert.Contains("'at'", Assert.Throws<ArgumentException>(() => own.Fit(table)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<MissingCells, double> Fills => new()
    {
        { MissingCells.Median, 18 },
        { MissingCells.Mean, 16.75 },
        { MissingCells.MostFrequent, 31 },
        { MissingCells.Constant(-1.5), -1.5 },
    };

    [Theory]
    [MemberData(nameof(Fills))]
    public void Numbers_are_filled_in(MissingCells missing, double expected) =>
        Assert.Equal([(float)expected, 0, 31, 31, 5], Cells(Applied(new TablePreparation { Missing = missing }, Ages), "age"));

    [Fact]
    public void What_is_filled_in_comes_from_the_fit_not_from_the_batch()
    {
        var fitted = new TablePreparation { Missing = MissingCells.Median }.Fit(Ages);
        var later = Of(Numbers("age", 1000, double.NaN), Numbers("amt", 1, 1));
        Assert.Equal([1000f, 18f], Cells(fitted.Apply(later), "age"));
        Assert.Equal([18f], Cells(fitted.Apply(later.Slice(1, 1)), "age"));
    }

    [Fact]
    public void Indicators_stand_beside_columns_that_missed_cells()
    {
        var matrix = Applied(new TablePreparation { Missing = MissingCells.Mean.WithIndicator() }, Ages);
        Assert.Equal(["age", "age: is missing", "amt"], matrix.Schema.ColumnNames);
        Assert.Equal([1f, 0, 0, 0, 0], Cells(matrix, "age: is missing"));
    }

    [Fact]
    public void Words_and_booleans_take_the_most_frequent()
    {
        var table = Of(Words("country", null, "DE", "FR", "FR"), Booleans("abroad", -1, 1, 1, 0));
        var matrix = Applied(new TablePreparation { Missing = MissingCells.Median, Categories = CategoryEncoding.OneHot }, table);
        Assert.Equal([1f, 0, 1, 1], Cells(matrix, "country = FR"));
        Assert.Equal([1f, 1, 1, 0], Cells(matrix, "abroad"));
    }

    [Fact]
    public void A_word_can_stand_for_missing_ones()
    {
        var table = Of(Words("country", null, "DE", "FR"), Numbers("n", 1, 2, 3));
        var preparation = new TablePreparation
        {
            Categories = CategoryEncoding.OneHot,
            Columns = new Dictionary<string, ColumnPreparation> { ["country"] = new() { Missing = MissingCells.Constant("unknown") } },
        };
        var fitted = preparation.Fit(table);
        Assert.Equal(["country = DE", "country = FR", "country = unknown", "country: is unseen", "n"], fitted.Output.ColumnNames);
        Assert.Equal([1f, 0, 0], Cells(fitted.Apply(table), "country = unknown"));
    }

    [Fact]
    public void A_column_without_any_value_is_refused()
    {
        var table = Of(Numbers("age", double.NaN, double.NaN), Numbers("amt", 1, 2));
        var exception = Assert.Throws<TableDataException>(() => new TablePreparation { Missing = MissingCells.Median }.Fit(table));
        Assert.Equal("age", exception.ColumnName);
        Assert.Contains("no value", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Staying_missing_needs_a_trainer_that_can_use_it()
    {
        var preparation = new TablePreparation { Missing = MissingCells.Native };
        Assert.Contains("'age'", Assert.Throws<ArgumentException>(() => preparation.Fit(Ages)).Message, StringComparison.Ordinal);
        var matrix = preparation.Fit(Ages, acceptsMissing: true).Apply(Ages);
        Assert.True(float.IsNaN(matrix.Cells(0)[0]));
        Assert.Equal(31, matrix.Cells(2)[0]);
    }

    [Fact]
    public void Missing_dates_take_a_value_part_by_part()
    {
        var table = Of(Dates("at", "2024-01-01T06:00", null, "2024-01-01T06:00"), Numbers("n", 1, 2, 3));
        var matrix = Applied(new TablePreparation { Missing = MissingCells.Mean, Dates = DateParts.Hour }, table);
        Assert.Equal([1f, 1, 1], Cells(matrix, "at: hour (sine)"));
        Assert.Equal([0f, 0, 0], Cells(matrix, "at: hour (cosine)"));
    }

    private static FeatureMatrix Applied(TablePreparation preparation, FeatureTable table) => preparation.Fit(table).Apply(table);
}
