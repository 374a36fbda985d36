namespace AnomalyKit.Tests.Tables;

public sealed class ObjectTableTests
{
    private static readonly ObjectTable<Payment> Payments = new ObjectTable<Payment>()
        .Id("id", p => p.Id)
        .Number("amount", p => p.Amount)
        .Number("age", p => p.Age)
        .Number("rate", p => p.Rate)
        .Category("country", p => p.Country)
        .Boolean("online", p => p.IsOnline)
        .DateTime("time", p => p.Time)
        .Label("fraud", p => p.IsFraud)
        .Weight("weight", p => p.Weight);

    private static readonly Payment[] Rows =
    [
        new(9007199254740993, 1234.56m, null, 0.1f, "NA", null, new(2026, 1, 1, 0, 30, 0, TimeSpan.FromHours(1)), false, 1),
        new(2, 0.1m, 0, float.NaN, null, true, null, true, 2.5),
        new(3, -5m, 31, 1, "DE", false, null, null, 0),
    ];

    [Fact]
    public void Cells_come_from_functions()
    {
        var table = Payments.Read(Rows);
        Assert.Equal(
            "id: number (id), amount: number, age: number, rate: number, country: category, online: boolean, time: date and time, fraud: boolean (label), weight: number (weight)",
            table.Schema.ToString());
        Assert.Equal(["9007199254740993", "2", "3"], table.Cells("id"));
        Assert.Equal(["1234.56", "0.1", "-5"], table.Cells("amount"));
        Assert.Equal([null, "0", "31"], table.Cells("age"));
        Assert.Equal(["0.1", null, "1"], table.Cells("rate"));
        Assert.Equal(["NA", null, "DE"], table.Cells("country"));
        Assert.Equal([null, "true", "false"], table.Cells("online"));
        Assert.Equal(["2025-12-31T23:30:00Z", null, null], table.Cells("time"));
        Assert.Equal(["false", "true", null], table.Cells("fraud"));
        Assert.IsType<Int64Column>(table["age"]);
        Assert.IsType<SingleColumn>(table["rate"]);
    }

    [Fact]
    public void One_row_is_as_in_a_table()
    {
        var all = Payments.Read(Rows);
        for (int i = 0; i < Rows.Length; i++)
        {
            var one = Payments.ReadRow(Rows[i]);
            Assert.Equal(all.Schema, one.Schema);
            Assert.Equal(all.Columns.Select(column => column.Text(i)), one.Columns.Select(column => column.Text(0)));
        }
    }

    [Fact]
    public async Task Batches_have_the_rows_in_order()
    {
        using var reader = Payments.Open(Rows);
        Assert.Equal(3, reader.TotalRowCount);
        Assert.Equal(2, reader.ReadBatch(2)!.RowCount);
        Assert.Equal(["3"], reader.ReadBatch(2)!.Cells("id"));
        Assert.Null(reader.ReadBatch(2));
        Assert.Equal(3, reader.RowCount);

        await using var stream = Payments.Open(Slowly());
        var ids = new List<string?>();
        await foreach (var batch in stream.ReadBatchesAsync(2))
            ids.AddRange(batch.Cells("id"));
        Assert.Equal(["9007199254740993", "2", "3"], ids);

        static async IAsyncEnumerable<Payment> Slowly()
        {
            foreach (var row in Rows)
            {
                await Task.Yield();
                yield return row;
            }
        }
    }

    [Fact]
    public void What_a_function_throws_names_row_and_column()
    {
        var table = new ObjectTable<Payment>().Number("length", p => p.Country!.Length);
        var e = Assert.Throws<TableDataException>(() => table.Read(Rows));
        Assert.Equal((1L, "length"), (e.Row, e.ColumnName));
        Assert.StartsWith("Row 1, column 'length': the function of the column threw NullReferenceException", e.Message, StringComparison.Ordinal);
        Assert.IsType<NullReferenceException>(e.InnerException);
        using var reader = table.Open(Rows);
        Assert.Equal(1, reader.ReadBatch(1)!.RowCount);
        Assert.Throws<TableDataException>(() => reader.ReadBatch(1));
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(1));
        Assert.Equal(2, Assert.Throws<TableDataException>(() => Payments.Read([Rows[0], Rows[1], null!])).Row);
    }

    [Fact]
    public void Times_of_two_kinds_do_not_mix()
    {
        DateTime[] times = [new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2026, 1, 1)];
        var e = Assert.Throws<TableDataException>(() => new ObjectTable<DateTime>().DateTime("t", t => t).Read(times));
        Assert.Equal(1, e.Row);
        Assert.Contains("it has no time zone, and those before it have one", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_sequence_keeps_names_and_kinds() => Assert.Equal(Payments.Schema, Payments.Read([]).Schema);

    [Fact]
    public void Names_and_roles_are_taken_once()
    {
        Assert.Throws<ArgumentException>(() => Payments.Category("amount", p => p.Country));
        Assert.Throws<ArgumentException>(() => Payments.Label("again", p => p.IsFraud));
        Assert.Throws<ArgumentNullException>(() => Payments.Boolean("x", (Func<Payment, bool>)null!));
        Assert.Throws<InvalidOperationException>(() => new ObjectTable<Payment>().Read(Rows));
    }

    private sealed record Payment(
        long Id, decimal Amount, int? Age, float Rate, string? Country, bool? IsOnline, DateTimeOffset? Time, bool? IsFraud, double Weight);
}
