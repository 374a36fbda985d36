using static AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Preparation;

public sealed class FittedPreparationTests
{
    private static readonly FeatureTable Payments = Of(
        Numbers("amount", 10, 20, 30, 40),
        Words("merchant", "Shell", "Aldi", "Shell", "Aldi"),
        Booleans("abroad", 0, 1, 0, 1),
        Dates("at", "2024-01-01T10:00", "2024-01-02T11:00", "2024-01-03T12:00", "2024-01-04T13:00"));

    [Fact]
    public void Columns_are_found_by_name()
    {
        var fitted = new TablePreparation().Fit(Payments);
        var turned = new FeatureTable(Payments.Columns.Reverse().Append(Numbers("more", 1, 2, 3, 4)));
        for (int row = 0; row < 4; row++)
            Assert.Equal(fitted.Apply(Payments).Cells(row).ToArray(), fitted.Apply(turned).Cells(row).ToArray());
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var fitted = new TablePreparation().Fit(Payments);
        var exception = Assert.Throws<TableDataException>(() => fitted.Apply(Payments.SelectColumns("amount", "abroad", "at")));
        Assert.Equal("merchant", exception.ColumnName);
        Assert.Contains("amount, abroad, at", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_that_is_given_numbers_is_refused_with_the_value()
    {
        var fitted = new TablePreparation().Fit(Payments);
        var exception = Assert.Throws<TableDataException>(() => fitted.Apply(new FeatureTable(
            Payments.Columns[0], Numbers("merchant", double.NaN, 17, 3, 4), Payments.Columns[2], Payments.Columns[3])));
        Assert.Equal((1, "merchant"), (exception.Row, exception.ColumnName));
        Assert.Contains("'17'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("categories", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(30)]
    public void Columns_of_numbers_are_encoded_alike_many_at_a_time_and_one_by_one(int columns)
    {
        // Singles, doubles with and without an offset, and whole numbers; a word between them parts the run.
        var random = new Random(columns);
        TableColumn Column(int i, int rows) => (i % 4) switch
        {
            0 => new SingleColumn($"c{i}", Enumerable.Range(0, rows).Select(_ => random.NextSingle() - 0.5f).ToArray()),
            1 => Numbers($"c{i}", [.. Enumerable.Range(0, rows).Select(_ => (random.NextDouble() - 0.5) * 1e-3)]),
            2 => Numbers($"c{i}", [.. Enumerable.Range(0, rows).Select(_ => 1.7e9 + random.Next(1000))]),
            _ => new Int64Column($"c{i}", Enumerable.Range(0, rows).Select(_ => random.NextInt64(-1000, 1000)).ToArray()),
        };
        foreach (int rows in (int[])[1, 7, 8, 9, 150, 1500])
        {
            var table = Of([.. Enumerable.Range(0, columns).Select(i => Column(i, rows)), Words("w", [.. Enumerable.Repeat("a", rows)]), Column(columns + 1, rows)]);
            var fitted = new TablePreparation { Missing = MissingCells.Median }.Fit(table);
            Assert.True(rows == 1 || fitted.Output.ColumnOffsets[2] != 0);
            AssertAlike(fitted, table);

            // A gap in one column is filled, and one that is refused is named.
            int gap = random.Next(rows);
            var gaps = Of([.. table.Columns.Select(column => column.Name == "c1" ? Numbers("c1", [.. Enumerable.Range(0, rows).Select(row => row == gap ? double.NaN : 0.25)]) : column)]);
            AssertAlike(fitted, gaps);
            var refusing = new TablePreparation().Fit(table);
            Assert.Equal((gap, "c1"), Place(Assert.Throws<TableDataException>(() => refusing.Apply(gaps))));
        }

        static void AssertAlike(FittedPreparation fitted, FeatureTable table)
        {
            var whole = fitted.Apply(table);
            for (int row = 0; row < table.RowCount; row++)
                Assert.Equal(fitted.Apply(table.Slice(row, 1)).Cells(0).ToArray(), whole.Cells(row).ToArray());
        }
    }

    [Fact]
    public void Every_column_of_the_matrix_says_where_it_comes_from()
    {
        var fitted = new TablePreparation().Fit(Payments);
        Assert.Equal(fitted.Output.ColumnNames, fitted.Columns.Select(column => column.Name));
        Assert.Equal(
            ["amount", "merchant", "abroad", "at", "at"], fitted.Columns.Select(column => column.SourceName));
        Assert.All(fitted.Columns, column => Assert.Equal(column.SourceName, fitted.Schema.Fields[column.SourceIndex].Name));
    }

    [Fact]
    public void Ids_label_and_weight_are_no_features()
    {
        var table = Payments.WithColumn(Words("id", "a", "b", "c", "d"), ColumnRole.Id).WithColumn(Numbers("fraud", 0, 1, 0, 0), ColumnRole.Label);
        var fitted = new TablePreparation().Fit(table);
        Assert.Equal(Payments.Schema, fitted.Schema);
        Assert.Equal([false, true, false, false], fitted.Apply(table).Labels.ToArray());
        var odd = Payments.WithColumn(Numbers("fraud", 0, 2, 0, 0), ColumnRole.Label);
        Assert.Equal((1, "fraud"), Place(Assert.Throws<TableDataException>(() => fitted.Apply(odd))));
    }

    [Fact]
    public void Large_numbers_of_small_spread_keep_their_differences()
    {
        var table = Of(Numbers("account", [.. Enumerable.Range(0, 200).Select(i => 1.7e9 + (i * 7 % 100) + 0.5)]));
        var matrix = new TablePreparation().Fit(table).Apply(table);
        var values = new double[1];
        for (int row = 0; row < 200; row++)
        {
            matrix.Schema.Decode(matrix.Cells(row), values);
            Assert.Equal(1.7e9 + (row * 7 % 100) + 0.5, values[0]);
        }
    }

    [Fact]
    public void Infinity_and_numbers_beyond_a_cell_are_refused()
    {
        var fitted = new TablePreparation().Fit(Of(Numbers("x", 1, 2, 3)));
        Assert.Equal((5, "x"), Place(Assert.Throws<TableDataException>(() => fitted.Apply(Of(Numbers("x", double.PositiveInfinity)), firstRow: 5))));
        Assert.Equal((0, "x"), Place(Assert.Throws<TableDataException>(() => fitted.Apply(Of(Numbers("x", 1e300))))));
        Assert.Equal((1, "x"), Place(Assert.Throws<TableDataException>(() => new TablePreparation().Fit(Of(Numbers("x", 1, double.NegativeInfinity))))));
    }

    [Fact]
    public void Identifiers_and_free_text_are_refused_unless_they_are_meant()
    {
        string[] words = [.. Enumerable.Range(0, 100).Select(i => $"card-{i}")];
        var table = Of(Words("card", words), Numbers("n", [.. Enumerable.Range(0, 100).Select(i => i % 7d)]));
        var exception = Assert.Throws<TableDataException>(() => new TablePreparation().Fit(table));
        Assert.Equal("card", exception.ColumnName);
        Assert.Contains("identifier", exception.Message, StringComparison.Ordinal);
        var meant = new TablePreparation { Columns = new Dictionary<string, ColumnPreparation> { ["card"] = new() { Categories = CategoryEncoding.Frequency } } };
        Assert.Equal("card: rarity", meant.Fit(table).Output.ColumnNames[0]);

        var counter = Of(new Int64Column("row", Enumerable.Range(5, 100).Select(i => (long)i).ToArray()));
        Assert.Contains("row number", Assert.Throws<TableDataException>(() => new TablePreparation().Fit(counter)).Message, StringComparison.Ordinal);
        var text = Of(Words("comment", [.. words.Select(word => "A comment somebody wrote about " + word)]));
        Assert.Contains("free text", Assert.Throws<TableDataException>(() => new TablePreparation().Fit(text)).Message, StringComparison.Ordinal);
        // As few different words as this are a category; as many numbers that come again are none.
        _ = new TablePreparation().Fit(Of(Words("few", words[..50])));
        _ = new TablePreparation().Fit(Of(new Int64Column("count", Enumerable.Range(0, 100).Select(i => (long)i / 2).ToArray())));
    }

    [Fact]
    public void Preparations_of_equal_settings_are_equal()
    {
        static TablePreparation Make(string level) => new()
        {
            Missing = MissingCells.Constant(1).WithIndicator(),
            Columns = new Dictionary<string, ColumnPreparation> { ["a"] = new() { Levels = ["x", level] } },
        };
        Assert.Equal(Make("y"), Make("y"));
        Assert.Equal(Make("y").GetHashCode(), Make("y").GetHashCode());
        Assert.NotEqual(Make("y"), Make("z"));
        Assert.NotEqual(MissingCells.Median, MissingCells.Mean);
    }

    private static (long Row, string? Column) Place(TableDataException exception) => (exception.Row, exception.ColumnName);
}
