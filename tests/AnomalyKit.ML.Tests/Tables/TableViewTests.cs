using AnomalyKit.ML.Tests.Support;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Tables;

public sealed class TableViewTests
{
    private readonly MLContext _context = new();

    [Fact]
    public void A_source_is_read_while_ML_NET_reads()
    {
        int opened = 0;
        var objects = new ObjectTable<int>().Number("x", i => i).Category("word", i => $"w{i % 3}");
        int read = 0;
        var data = _context.Data.LoadFromTableReader(() =>
        {
            opened++;
            return objects.Open(Enumerable.Range(0, 100_000).Select(i =>
            {
                read++;
                return i;
            }));
        });
        Assert.Equal(1, opened);
        read = 0;

        Assert.Equal([0.0, 1.0, 2.0], data.GetColumn<double>("x").Take(3));

        Assert.Equal(2, opened);
        Assert.InRange(read, 3, 10_000);
        Assert.Equal(100_000, data.GetColumn<string>("word").Count());
    }

    [Fact]
    public void A_source_of_any_sort_can_be_fitted_and_scored()
    {
        var rows = Mixed.Create(200);
        var objects = new ObjectTable<Mixed>().Number("Amount", row => row.Amount).Category("Merchant", row => row.Merchant).Boolean("IsNew", row => row.IsNew).DateTime("Time", row => row.Time == default ? null : row.Time);
        var data = _context.Data.LoadFromTableReader(() => objects.Open(rows));
        string[] names = ["Amount", "Merchant", "IsNew", "Time"];
        var model = _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, names).Fit(data);

        var plain = _context.Data.LoadFromEnumerable(rows);
        Assert.Equal(Bits.Of(_context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, names).Fit(plain).Transform(plain)), Bits.Of(model.Transform(data)));
    }

    [Fact]
    public void Missing_booleans_of_a_source_are_named()
    {
        var objects = new ObjectTable<int>().Boolean("yes", i => i == 4 ? null : i % 2 == 0);
        var data = _context.Data.LoadFromTableReader(() => objects.Open(Enumerable.Range(0, 10)));

        var error = Assert.Throws<TableDataException>(() => data.GetColumn<bool>("yes").Count());

        Assert.Equal((4, "yes"), (error.Row, error.ColumnName));
    }

    [Fact]
    public void A_table_has_the_types_of_its_columns()
    {
        var table = new FeatureTable(
            new SingleColumn("f", new float[2]),
            new DoubleColumn("d", new double[2]),
            new Int64Column("i", new long[] { long.MaxValue, 2 }),
            new Int64Column("gap", new long[2], new bool[] { true, false }),
            new BooleanColumn("b", new sbyte[2]),
            new BooleanColumn("unknown", new sbyte[] { 1, -1 }),
            new DateTimeColumn("t", new long[2], isUtc: true));

        var data = _context.Data.LoadFromTable(table);

        Assert.Equal("Single, Double, Int64, Double, Boolean, Single, DateTime", string.Join(", ", data.Schema.Select(column => column.Type.ToString())));
        Assert.Equal([long.MaxValue, 2], data.GetColumn<long>("i"));
        Assert.Equal([double.NaN, 0], data.GetColumn<double>("gap"));
        Assert.Equal([1, float.NaN], data.GetColumn<float>("unknown"));
        Assert.Equal(2, data.GetRowCount());
        using var cursor = data.GetRowCursor([data.Schema["f"]]);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["f"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["d"]));
    }

    [Fact]
    public void A_table_without_rows_is_data_without_rows()
    {
        var data = _context.Data.LoadFromTable(new FeatureTable(new SingleColumn("f", default)));

        Assert.Empty(data.GetColumn<float>("f"));
        using var cursor = data.GetRowCursor(data.Schema);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
    }
}
