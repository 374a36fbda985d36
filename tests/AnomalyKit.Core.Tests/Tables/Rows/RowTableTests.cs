using System.Text;
using System.Text.Json;

namespace AnomalyKit.Tests.Tables;

public sealed class RowTableTests
{
    private static readonly TableSchema Schema = new(
        new TableField("id", ColumnKind.Number, ColumnRole.Id), new TableField("amount", ColumnKind.Number), new TableField("country", ColumnKind.Category),
        new TableField("online", ColumnKind.Boolean), new TableField("time", ColumnKind.DateTime), new TableField("fraud", ColumnKind.Boolean, ColumnRole.Label));

    private const string Row = """{"time":"2026-11-28T14:05:09Z","online":true,"country":"NA","id":9007199254740993,"amount":1.5}""";

    [Fact]
    public void Cells_are_found_by_name_in_any_order()
    {
        foreach (var table in new[]
        {
            new RowTable(Schema).ReadJson(Row),
            new RowTable(Schema).ReadJson(JsonDocument.Parse(Row).RootElement),
            new RowTable(Schema).Read(new Dictionary<string, object?>
            {
                ["amount"] = 1.5m, ["time"] = new DateTimeOffset(2026, 11, 28, 15, 5, 9, TimeSpan.FromHours(1)), ["country"] = "NA", ["online"] = true, ["id"] = 9007199254740993,
            }),
            new RowTable(Schema).Read(JsonDocument.Parse(Row).RootElement.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value)),
        })
        {
            Assert.Equal(Schema, table.Schema);
            Assert.Equal(
                ["9007199254740993", "1.5", "NA", "true", "2026-11-28T14:05:09Z", null], table.Columns.Select(column => column.Text(0)));
        }
    }

    [Fact]
    public void Arrays_give_a_row_for_each_object()
    {
        var table = new RowTable(Schema).ReadJson("[" + Row + "," + Row.Replace("\"NA\"", "null", StringComparison.Ordinal) + "]");
        Assert.Equal(["NA", null], table.Cells("country"));
        Assert.Equal(0, new RowTable(Schema).ReadJson("[]").RowCount);
        Assert.Equal(2, new RowTable(Schema).Read(Enumerable.Repeat(new Dictionary<string, object?> { ["id"] = 1, ["amount"] = null, ["country"] = null, ["online"] = null, ["time"] = null }, 2)).RowCount);
    }

    [Theory]
    [InlineData("\"amount\":1.5", "\"amount\":\"1.5\"", "Row 0, column 'amount': '1.5' (text) is not a number. The column expects a finite number, or null where it is missing.")]
    [InlineData("\"amount\":1.5", "\"amount\":true", "Row 0, column 'amount': true is not a number. The column expects a finite number, or null where it is missing.")]
    [InlineData("\"amount\":1.5", "\"amount\":{}", "Row 0, column 'amount': it is an object. The column expects a finite number, or null where it is missing.")]
    [InlineData("\"country\":\"NA\"", "\"country\":7", "Row 0, column 'country': 7 (a number) is not text, which a category needs. The column expects a text, or null where it is missing.")]
    [InlineData("\"online\":true", "\"online\":1", "Row 0, column 'online': 1 (a number) is neither true nor false. The column expects true or false, or null where it is missing.")]
    [InlineData("14:05:09Z", "25:05:09Z", "Row 0, column 'time': '2026-11-28T25:05:09Z' (text) is not a date as ISO 8601 writes it, such as 2026-11-28 or 2026-11-28T14:05:09Z. ")]
    [InlineData("9007199254740993", "1.5", "Row 0, column 'id': 1.5 (a number) is not a whole number of 64 bits. The column expects a whole number, or null where it is missing.")]
    [InlineData("\"amount\":1.5", "\"amount\":1.5,\"\\u0061mount\":2", "Row 0, column 'amount': the name occurs twice in the row. Give each column once.")]
    [InlineData(",\"amount\":1.5", "", "Row 0, column 'amount': the row does not have it. Give it, as null where its value is not known, or set RowTable.AllowMissingColumns.")]
    public void What_does_not_fit_is_refused_with_its_name(string part, string other, string message)
    {
        string json = Row.Replace(part, other, StringComparison.Ordinal);
        var e = Assert.Throws<TableDataException>(() => new RowTable(Schema).ReadJson(json));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, e.Row);
        Assert.NotNull(e.ColumnName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[7]")]
    [InlineData("{")]
    [InlineData("{\"id\":1")]
    [InlineData("{\"id\":1e999}")]
    [InlineData("{} {}")]
    [InlineData("{\"country\":\"\\uD800\"}")]
    public void What_is_no_row_is_refused(string json) =>
        Assert.Throws<TableDataException>(() => new RowTable(Schema) { AllowMissingColumns = true }.ReadJson(json));

    [Fact]
    public void Missing_and_extra_columns_are_a_choice()
    {
        var table = new RowTable(Schema) { AllowMissingColumns = true }.ReadJson("""{"amount":2,"other":{"deep":[1,{"amount":3}]}}""");
        Assert.Equal([null, "2", null, null, null, null], table.Columns.Select(column => column.Text(0)));
        var e = Assert.Throws<TableDataException>(() => new RowTable(Schema) { RefuseExtraColumns = true }.ReadJson("""{"amuont":2}"""));
        Assert.Equal("Row 0, column 'amuont': there is no such column. The columns are: id, amount, country, online, time, fraud.", e.Message);
    }

    [Fact]
    public void Times_with_and_without_zone_do_not_mix()
    {
        var rows = new RowTable(new TableSchema(new TableField("time", ColumnKind.DateTime)));
        var e = Assert.Throws<TableDataException>(() => rows.ReadJson("""[{"time":"2026-01-01"},{"time":"2026-01-01T00:00Z"}]"""));
        Assert.StartsWith("Row 1, column 'time': '2026-01-01T00:00Z' (text): it has a time zone, and those before it have none.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_texts_end_in_one_clear_error()
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + Row + "," + Row + "]");
        var random = new Random(1);
        var rows = new RowTable(Schema) { AllowMissingColumns = true };
        int refused = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] mutated = [.. text];
            for (int k = random.Next(1, 4); k > 0; k--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            mutated = random.Next(4) == 0 ? mutated[..random.Next(mutated.Length)] : mutated;
            try
            {
                rows.ReadJson(mutated);
            }
            catch (TableDataException e)
            {
                refused++;
                Assert.NotEmpty(e.Message);
            }
        }

        Assert.InRange(refused, 1000, 5000);
    }
}
