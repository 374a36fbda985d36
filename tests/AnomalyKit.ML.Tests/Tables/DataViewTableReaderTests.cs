using AnomalyKit.ML.Tests.Support;
using AnomalyKit.Tests.Tables;
using FsCheck.Xunit;
using Microsoft.Data.Analysis;

namespace AnomalyKit.ML.Tests.Tables;

public sealed class DataViewTableReaderTests
{
    private readonly MLContext _context = new();

    [Fact]
    public void Types_become_kinds()
    {
        var data = _context.Data.LoadFromEnumerable((TypesRow[])[new(), new() { Tiny = -5, Large = ulong.MaxValue, Span = TimeSpan.FromMinutes(1.5), Yes = true, Text = "word", Time = DateTime.UnixEpoch, Real = float.NaN }]);

        var table = DataViewTableReader.Open(data).ReadAll();

        Assert.Equal(
            "Tiny: number, Small: number, Large: number, Real: number, Span: number, Yes: boolean, Text: category, Time: date and time",
            string.Join(", ", table.Schema.Fields.Select(field => field.ToString())));
        Assert.Equal(["-5", "0", "1.8446744073709552E+19", null, "90", "true", "word", "1970-01-01T00:00:00Z"], table.Columns.Select(column => column.Text(1)));
        Assert.Equal(["Text", "Time"], table.Columns.Where(column => column.IsMissing(0)).Select(column => column.Name));
    }

    [Fact]
    public void Ids_keep_every_digit()
    {
        var data = _context.Data.LoadFromEnumerable((TypesRow[])[new() { Large = ulong.MaxValue }]);

        Assert.Equal("18446744073709551615", DataViewTableReader.Open(data, new TableLayout { Columns = ["Real"], IdColumns = ["Large"] }).ReadAll()["Large"].Text(0));
    }

    [Fact]
    public void Vectors_are_told_of()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(3));
        using var reader = DataViewTableReader.Open(data);

        Assert.Contains("Vector", reader.UnreadColumns["Features"], StringComparison.Ordinal);
        Assert.Equal(["Label", "Id"], reader.Schema.Fields.Select(field => field.Name));
        Assert.Equal("Features", Assert.Throws<TableDataException>(() => DataViewTableReader.Open(data, new TableLayout { Columns = ["Features"] })).ColumnName);
    }

    [Fact]
    public void Rows_are_read_when_they_are_asked_for()
    {
        int read = 0;
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(1000).Select(row =>
        {
            read++;
            return row;
        }));
        using var reader = DataViewTableReader.Open(data);
        Assert.Equal(0, read);

        Assert.Equal(10, reader.ReadBatch(10)!.RowCount);
        Assert.InRange(read, 10, 11);
        Assert.Equal(10, reader.RowCount);
        Assert.ThrowsAny<OperationCanceledException>(() => reader.ReadBatch(10, new CancellationToken(canceled: true)));
        Assert.Null(reader.ReadBatch(10));
    }

    [Fact]
    public void Batches_are_the_whole()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(100));
        var whole = DataViewTableReader.Open(data).ReadAll();
        using var reader = DataViewTableReader.Open(data);
        var batches = new List<FeatureTable>();
        while (reader.ReadBatch(7) is { } batch)
            batches.Add(batch);

        Assert.Equal(15, batches.Count);
        RandomTables.AssertEqual(whole, FeatureTable.Concat(batches));
    }

    [Fact]
    public void Times_of_two_kinds_in_one_column_are_refused()
    {
        var data = _context.Data.LoadFromEnumerable((TypesRow[])[new() { Time = new DateTime(2024, 1, 1) }, new() { Time = DateTime.UnixEpoch }]);

        Assert.Equal((1, "Time"), (Assert.Throws<TableDataException>(() => DataViewTableReader.Open(data).ReadAll()).Row, "Time"));
    }

    [Property(MaxTest = 30)]
    public void A_table_comes_back_from_ML_NET(int seed)
    {
        var table = RandomTables.Create(seed);
        var back = DataViewTableReader.Open(_context.Data.LoadFromTable(table)).ReadAll();

        Assert.Equal(table.RowCount, back.RowCount);
        foreach (var column in table.Columns)
        {
            // ML.NET has neither missing words, which become empty ones, nor missing whole numbers and booleans, which become numbers.
            bool isNumber = column is Int64Column or BooleanColumn && column.MissingCount > 0;
            for (int row = 0; row < table.RowCount; row++)
                Assert.Equal(Expected(column, row, isNumber), back[column.Name].Text(row));
        }
    }

    [Fact]
    public void A_data_frame_is_data_like_any()
    {
        var rows = Mixed.Create(120);
        var frame = new DataFrame(
            new SingleDataFrameColumn("Amount", rows.Select(row => row.Amount)),
            new StringDataFrameColumn("Merchant", rows.Select(row => row.Merchant)),
            new Int32DataFrameColumn("Count", rows.Select(row => row.Count)),
            new BooleanDataFrameColumn("IsNew", rows.Select(row => row.IsNew)),
            new DateTimeDataFrameColumn("Time", rows.Select(row => row.Time)));
        string[] names = ["Amount", "Merchant", "Count", "IsNew", "Time"];
        var data = _context.Data.LoadFromEnumerable(rows);

        var model = _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, names).Fit(frame);

        Assert.Equal(Bits.Of(_context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, names).Fit(data).Transform(data)), Bits.Of(model.Transform(frame)));
        Assert.Equal(Bits.Of(model.Transform(frame)), Bits.Of(Reloaded.Of(_context, model, ((IDataView)frame).Schema).Transform(frame)));
        var scored = model.Transform(_context.Data.LoadFromTable(DataViewTableReader.Open(frame).ReadAll())).ToDataFrame(-1, "Merchant", "Score");
        Assert.Equal(120, scored.Rows.Count);
        Assert.Equal(rows[7].Merchant, scored["Merchant"][7]);
    }

    private static string? Expected(TableColumn column, int row, bool isNumber) => column switch
    {
        CategoryColumn when column.Text(row) is "" => null,
        DateTimeColumn times when times.Value(row) == default(DateTime) => null,
        BooleanColumn booleans when isNumber => booleans.Value(row) is { } value ? (value ? "1" : "0") : null,
        NumberColumn numbers when isNumber => numbers.IsMissing(row) ? null : numbers.Value(row).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => column.Text(row),
    };

    public sealed class TypesRow
    {
        public sbyte Tiny { get; set; }

        public ushort Small { get; set; }

        public ulong Large { get; set; }

        public float Real { get; set; }

        public TimeSpan Span { get; set; }

        public bool Yes { get; set; }

        public string Text { get; set; } = "";

        public DateTime Time { get; set; }
    }
}
