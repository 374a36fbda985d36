using AnomalyKit.Tests.Tables;
using ParquetSharp;
using ParquetSharp.Schema;

namespace AnomalyKit.Parquet.Tests;

/// <summary>What users of other readers ran into, each with the project and number.</summary>
public sealed class TrapTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DuckDb _duck = new();

    public void Dispose()
    {
        _duck.Dispose();
        _folder.Dispose();
    }

    // aloneguid/parquet-dotnet #746, #752; G-Research/ParquetSharp #486: cells that are there are packed to the front.
    [Fact]
    public void Missing_cells_stay_in_their_rows()
    {
        string path = _folder.File("gaps.parquet");
        _duck.Copy(
            "select if(n = 1, 'hat', if(n = 5003, 'end', null)) s, if(n = 1, true, if(n = 5003, false, null)) b, " +
            "if(n = 0, 1, if(n = 2, 3, if(n = 5003, 7, null))) i, if(n = 1, 2.5, if(n = 5003, 1, null))::float f from range(0, 5004) t(n)",
            path,
            "row_group_size 2048");
        using var reader = ParquetTableReader.Open(path);
        var table = reader.ReadAll();
        Assert.Equal(5004, table.RowCount);
        Assert.Equal([null, "hat", null], RandomTables.Texts(table["s"]).Take(3));
        Assert.Equal([null, "true", null], RandomTables.Texts(table["b"]).Take(3));
        Assert.Equal(["1", null, "3"], RandomTables.Texts(table["i"]).Take(3));
        Assert.Equal([null, "2.5", null], RandomTables.Texts(table["f"]).Take(3));
        Assert.Equal(["end", "false", "7", "1"], table.Columns.Select(column => column.Text(5003)));
        Assert.Equal([5002, 5002, 5001, 5002], table.Columns.Select(column => column.MissingCount));
    }

    // dotnet/machinelearning #4132 and its like: an empty cell is no zero, an empty word is no missing one.
    [Fact]
    public void Missing_zero_and_empty_stay_apart()
    {
        string path = _folder.File("empty.parquet");
        _duck.Copy("select * from (values (null, null), (0, ''), (31, 'NA')) t(age, word)", path);
        using var reader = ParquetTableReader.Open(path);
        var table = reader.ReadAll();
        Assert.Equal([null, "0", "31"], RandomTables.Texts(table["age"]));
        Assert.Equal([null, "", "NA"], RandomTables.Texts(table["word"]));
    }

    // csinva/imodels PR #290: columns go by name.
    [Fact]
    public void Columns_are_found_by_name()
    {
        string path = _folder.File("order.parquet");
        _duck.Copy("select 1::bigint a, 2::bigint b, 'x' c, 1.5::double w, true as y", path);
        using var reader = ParquetTableReader.Open(path, new TableLayout { Columns = ["b", "a"], IdColumns = ["c"], LabelColumn = "y", WeightColumn = "w" });
        Assert.Equal("c: category (id), b: number, a: number, y: boolean (label), w: number (weight)", reader.Schema.ToString());
        Assert.Equal(["x", "2", "1", "true", "1.5"], reader.ReadAll().Columns.Select(column => column.Text(0)));
        var error = Assert.Throws<TableDataException>(() => ParquetTableReader.Open(path, new TableLayout { Columns = ["z"] }));
        Assert.Equal("z", error.ColumnName);
        Assert.Contains("The columns are: a, b, c, w, y.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_columns_are_left_out_and_explained_when_asked_for()
    {
        string path = _folder.File("nested.parquet");
        _duck.Copy("select 1::bigint a, [1, 2] l, {'x': 1, 'y': 2} s, map {'k': 1} m, 'bytes'::blob b", path);
        using (var reader = ParquetTableReader.Open(path))
        {
            Assert.Equal("a: number, b: category", reader.Schema.ToString());
            Assert.Equal(["l", "m", "s"], reader.UnreadColumns.Keys.Order());
        }

        foreach (string name in (string[])["l", "s", "m"])
        {
            var error = Assert.Throws<TableDataException>(() => ParquetTableReader.Open(path, new TableLayout { IdColumns = [name] }));
            Assert.Equal(name, error.ColumnName);
            Assert.Contains("is nested (a list, map or structure), which is not read", error.Message, StringComparison.Ordinal);
        }

        using var without = ParquetTableReader.Open(path, new TableLayout { IgnoredColumns = ["l", "b"] });
        Assert.Equal("a: number", without.Schema.ToString());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        string path = _folder.File("bytes.parquet");
        _duck.Copy(@"select * from (values ('ok'::blob), ('\xFF\xFE'::blob)) t(b)", path);
        using var reader = ParquetTableReader.Open(path);
        var error = Assert.Throws<TableDataException>(() => reader.ReadAll());
        Assert.Equal((1, "b"), (error.Row, error.ColumnName));
        Assert.Null(reader.ReadBatch(1));
    }

    // A required group around an optional cell looks, by its levels, like a plain column.
    [Fact]
    public void A_cell_in_a_required_group_is_nested()
    {
        string path = _folder.File("group.parquet");
        PrimitiveNode Leaf(string name) => new(name, Repetition.Optional, LogicalType.None(), PhysicalType.Double);
        using (var nodes = new GroupNode("schema", Repetition.Required, [new GroupNode("pair", Repetition.Required, [Leaf("a"), Leaf("b")]), new GroupNode("one", Repetition.Required, [Leaf("c")]), Leaf("x")]))
        using (var builder = new WriterPropertiesBuilder())
        using (var properties = builder.Build())
        using (var writer = new ParquetFileWriter(path, nodes, properties))
        {
            using (var group = writer.AppendRowGroup())
            {
                for (int i = 0; i < 4; i++)
                {
                    using var column = (ColumnWriter<double>)group.NextColumn();
                    column.WriteBatch(2, [1, 1], default, [i, i + 0.5]);
                }
            }

            writer.Close();
        }

        using var reader = ParquetTableReader.Open(path);
        Assert.Equal(["one", "pair"], reader.UnreadColumns.Keys.Order());
        Assert.Equal("x", Assert.Single(reader.Schema.Fields).Name);
        Assert.Equal([3, 3.5], Assert.IsType<DoubleColumn>(reader.ReadAll()["x"]).Cells.ToArray());
    }

    // ParquetSharp #260, parquet-dotnet #600; Int96 of Impala and Spark, half floats of Arrow.
    [Fact]
    public void Int96_half_floats_and_nanoseconds_are_read()
    {
        string path = _folder.File("odd.parquet");
        using (var nodes = new GroupNode("schema", Repetition.Required,
        [
            new PrimitiveNode("old", Repetition.Optional, LogicalType.None(), PhysicalType.Int96),
            new PrimitiveNode("half", Repetition.Optional, LogicalType.Float16(), PhysicalType.FixedLenByteArray, 2),
            new PrimitiveNode("nanos", Repetition.Optional, LogicalType.Timestamp(true, ParquetSharp.TimeUnit.Nanos), PhysicalType.Int64),
            new PrimitiveNode("millis", Repetition.Optional, LogicalType.Timestamp(false, ParquetSharp.TimeUnit.Millis), PhysicalType.Int64),
        ]))
        using (var builder = new WriterPropertiesBuilder())
        using (var properties = builder.Build())
        using (var writer = new ParquetFileWriter(path, nodes, properties))
        {
            using (var group = writer.AppendRowGroup())
            {
                // Half a second past noon of the second of January 1970; missing; the last nanoseconds of 1969.
                long noon = (43_200L * 1_000_000_000) + 500_000_000;
                using (var column = (ColumnWriter<Int96>)group.NextColumn())
                    column.WriteBatch(3, [1, 0, 1], default, [new Int96((int)noon, (int)(noon >> 32), 2_440_589), new Int96(0, 0, 2_440_588)]);
                unsafe
                {
                    ushort[] halves = [BitConverter.HalfToUInt16Bits((Half)1.5f), BitConverter.HalfToUInt16Bits(Half.NegativeInfinity)];
                    fixed (ushort* start = halves)
                    {
                        using var column = (ColumnWriter<FixedLenByteArray>)group.NextColumn();
                        column.WriteBatch(3, [1, 0, 1], default, [new FixedLenByteArray((nint)start), new FixedLenByteArray((nint)(start + 1))]);
                    }
                }

                using (var column = (ColumnWriter<long>)group.NextColumn())
                    column.WriteBatch(3, [1, 0, 1], default, [1_500_000_199, -1]);
                using (var column = (ColumnWriter<long>)group.NextColumn())
                    column.WriteBatch(3, [1, 0, 1], default, [1_500, -1]);
            }

            writer.Close();
        }

        using var reader = ParquetTableReader.Open(path);
        var table = reader.ReadAll();
        Assert.Equal(["1970-01-02T12:00:00.5", null, "1970-01-01T00:00:00"], RandomTables.Texts(table["old"]));
        Assert.Equal(["1.5", null, "-Infinity"], RandomTables.Texts(table["half"]));
        Assert.Equal(["1970-01-01T00:00:01.5000001Z", null, "1969-12-31T23:59:59.9999999Z"], RandomTables.Texts(table["nanos"]));
        Assert.Equal(["1970-01-01T00:00:01.5", null, "1969-12-31T23:59:59.999"], RandomTables.Texts(table["millis"]));
    }

    [Fact]
    public void A_time_beyond_the_year_9999_is_refused_with_its_place()
    {
        string path = _folder.File("far.parquet");
        _duck.Copy("select * from (values (timestamp '2024-01-01'), (timestamp '20000-01-01')) t(t)", path);
        using var reader = ParquetTableReader.Open(path);
        var error = Assert.Throws<TableDataException>(() => reader.ReadAll());
        Assert.Equal((1, "t"), (error.Row, error.ColumnName));
        Assert.Contains("outside the years 1 to 9999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_of_the_layout_win_and_cells_that_do_not_fit_are_refused()
    {
        string path = _folder.File("kinds.parquet");
        _duck.Copy("select * from (values ('1.5', 0, '2024-05-17T10:00:00Z', 5::bigint, true), (null, 1, null, null, null), ('x', 1, '2024-05-17T10:00:00Z', 7, false)) t(n, b, t, c, y)", path);
        var kinds = new Dictionary<string, ColumnKind>
        {
            ["n"] = ColumnKind.Number,
            ["b"] = ColumnKind.Boolean,
            ["t"] = ColumnKind.DateTime,
            ["c"] = ColumnKind.Category,
            ["y"] = ColumnKind.Number,
        };
        using var reader = ParquetTableReader.Open(path, new TableLayout { Kinds = kinds });
        var table = reader.ReadBatch(2)!;
        Assert.Equal(["1.5", "false", "2024-05-17T10:00:00Z", "5", "1"], table.Columns.Select(column => column.Text(0)));
        Assert.Equal([null, "true", null, null, null], table.Columns.Select(column => column.Text(1)));
        var error = Assert.Throws<TableDataException>(() => reader.ReadBatch(2));
        Assert.Equal((2, "n"), (error.Row, error.ColumnName));
        Assert.Contains("the value is 'x'; a number such as 1234.5 was expected", error.Message, StringComparison.Ordinal);
        Assert.Throws<TableDataException>(() => ParquetTableReader.Open(path, new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["c"] = ColumnKind.DateTime } }));
    }
}
