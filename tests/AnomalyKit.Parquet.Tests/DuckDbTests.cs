using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Parquet.Tests;

/// <summary>Files of an independent implementation are read, and it reads ours.</summary>
public sealed class DuckDbTests : IDisposable
{
    private const string EveryType =
        "select i::tinyint i8, i::smallint i16, i::int i32, (i * 4611686018427387)::bigint i64, (i % 200)::utinyint u8, (i * 30)::usmallint u16, " +
        "(3000000000 + i)::uinteger u32, (18446744073709551615 - i)::ubigint u64, (i * 0.1)::float f, (i / 7)::double d, i % 3 = 0 as yes, " +
        "case when i % 5 = 0 then null else 'w' || (i % 7) end w, ((i % 70) * -1.25)::decimal(4, 2) d4, (i * -1.25)::decimal(18, 2) d18, (i * -1.25)::decimal(38, 2) d38, " +
        "(i * 3)::decimal(18, 0) as whole, date '1969-12-30' + i::int as day, timestamp '1969-12-31 23:59:59.123456' + interval (i) minute as local, " +
        "timestamptz '1969-12-31 23:59:59.123456+00' + interval (i) minute as utc, time '01:02:03.5' + interval (i) second as clock, " +
        "case when i % 4 = 0 then null else i end gaps from range(0, 100) t(i)";

    private readonly TempFolder _folder = new();
    private readonly DuckDb _duck = new();

    public static TheoryData<string, string> Encodings
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string codec in (string[])["uncompressed", "snappy", "zstd", "gzip", "lz4_raw", "brotli"])
            {
                all.Add(codec, "parquet_version v1");
                all.Add(codec, "parquet_version v2");
                all.Add(codec, "parquet_version v2, dictionary_size_limit 1");
                all.Add(codec, "parquet_version v1, row_group_size 10");
            }

            return all;
        }
    }

    public void Dispose()
    {
        _duck.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_type_is_read_in_every_encoding(string codec, string options)
    {
        string path = _folder.File("every.parquet");
        // DuckDB 1.5 encodes differences of unsigned numbers above 2^31 in more bits than the format allows, and Arrow's decoder refuses them.
        long firstUnsigned = options.Contains("v2", StringComparison.Ordinal) ? 2_000_000_000 : 3_000_000_000;
        _duck.Copy(EveryType.Replace("3000000000", firstUnsigned.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), path, $"codec '{codec}', {options}");
        using var reader = ParquetTableReader.Open(path, new TableLayout { IdColumns = ["u64", "d38"] });
        Assert.Empty(reader.UnreadColumns);
        Assert.Equal(100, reader.TotalRowCount);
        var table = reader.ReadAll();
        Assert.Equal(100, table.RowCount);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(i, Whole(table, "i8", i));
            Assert.Equal(i, Whole(table, "i16", i));
            Assert.Equal(i, Whole(table, "i32", i));
            Assert.Equal(i * 4611686018427387, Whole(table, "i64", i));
            Assert.Equal(i % 200, Whole(table, "u8", i));
            Assert.Equal(i * 30, Whole(table, "u16", i));
            Assert.Equal(firstUnsigned + i, Whole(table, "u32", i));
            Assert.Equal((18446744073709551615 - (ulong)i).ToString(System.Globalization.CultureInfo.InvariantCulture), table["u64"].Text(i));
            Assert.Equal((float)(i * 0.1), ((SingleColumn)table["f"]).Cells.Span[i]);
            Assert.Equal(i / 7.0, ((DoubleColumn)table["d"]).Value(i));
            Assert.Equal(i % 3 == 0, ((BooleanColumn)table["yes"]).Value(i));
            Assert.Equal(i % 5 == 0 ? null : "w" + (i % 7), table["w"].Text(i));
            Assert.Equal(i * -1.25, ((DoubleColumn)table["d18"]).Value(i), 2);
            Assert.Equal((i * -1.25m).ToString("F2", System.Globalization.CultureInfo.InvariantCulture), table["d38"].Text(i));
            Assert.Equal(i * 3, Whole(table, "whole", i));
            Assert.Equal(new DateTime(1969, 12, 30).AddDays(i), ((DateTimeColumn)table["day"]).Value(i));
            var time = new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(1_234_560).AddMinutes(i);
            Assert.Equal(time, ((DateTimeColumn)table["local"]).Value(i));
            Assert.Equal(time, ((DateTimeColumn)table["utc"]).Value(i));
            Assert.Equal(3723.5 + i, ((DoubleColumn)table["clock"]).Value(i));
            Assert.Equal(i % 4 == 0 ? null : i.ToString(System.Globalization.CultureInfo.InvariantCulture), table["gaps"].Text(i));
        }

        Assert.False(((DateTimeColumn)table["local"]).IsUtc);
        Assert.True(((DateTimeColumn)table["utc"]).IsUtc);
        Assert.Equal(-1.25, ((DoubleColumn)table["d4"]).Value(1));
    }

    [Fact]
    public void Unsigned_and_wide_numbers_as_features_are_doubles()
    {
        string path = _folder.File("wide.parquet");
        _duck.Copy("select 18446744073709551615::ubigint u, -123456789012345678901234567890.12::decimal(38,2) d, -1::decimal(9,2) n", path);
        using var reader = ParquetTableReader.Open(path);
        var table = reader.ReadAll();
        Assert.Equal(18446744073709551615.0, ((DoubleColumn)table["u"]).Value(0));
        Assert.Equal(-123456789012345678901234567890.12, ((DoubleColumn)table["d"]).Value(0));
        Assert.Equal(-1, ((DoubleColumn)table["n"]).Value(0));
    }

    [Fact]
    public void Keys_above_2_to_the_53_stay_apart_where_cells_are_missing()
    {
        string path = _folder.File("keys.parquet");
        _duck.Copy("select * from (values (9007199254740993::bigint), (null), (9007199254740992)) t(k)", path);
        using var reader = ParquetTableReader.Open(path, new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["k"] = ColumnKind.Category } });
        Assert.Equal(["9007199254740993", null, "9007199254740992"], RandomTables.Texts(reader.ReadAll()["k"]));
    }

    [Fact]
    public void DuckDb_reads_what_we_write()
    {
        string path = _folder.File("ours.parquet");
        var table = new FeatureTable(
            new SingleColumn("f", new[] { 1.5f, float.NaN, -2 }),
            new DoubleColumn("d", new[] { 0.1, double.NaN, 1e300 }),
            new Int64Column("i", new[] { 9007199254740993, 0, -1 }, new[] { false, true, false }),
            new BooleanColumn("b", new sbyte[] { 1, -1, 0 }),
            CategoryColumn.FromWords("w", ["Köln", null, ""]),
            new DateTimeColumn("t", new[] { new DateTime(2024, 5, 17, 13, 30, 0).Ticks, DateTimeColumn.MissingCell, new DateTime(1, 1, 1).Ticks }, isUtc: false),
            new DateTimeColumn("z", new[] { new DateTime(2024, 5, 17, 13, 30, 0).Ticks, DateTimeColumn.MissingCell, new DateTime(1969, 1, 1).Ticks }, isUtc: true));
        foreach (var compression in Enum.GetValues<ParquetCompression>())
        {
            using (var writer = ParquetTableWriter.Create(path, new ParquetWriteOptions { Compression = compression }))
            {
                writer.Write(table);
                writer.Complete();
            }

            var rows = _duck.Query($"select f, d, i, b, w, t::varchar, z::varchar, typeof(t), typeof(z) from '{path}'");
            Assert.Equal(["1.5", "0.1", "9007199254740993", "True", "Köln", "2024-05-17 13:30:00", "2024-05-17 13:30:00+00", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"], rows[0]);
            Assert.Equal([null, null, null, null, null, null, null, "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"], rows[1]);
            Assert.Equal(["-2", "1E+300", "-1", "False", "", "0001-01-01 00:00:00", "1969-01-01 00:00:00+00", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"], rows[2]);
        }
    }

    [Fact]
    public void Both_see_the_same_cells_of_random_tables()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var table = RandomTables.Create(seed).SelectColumns("f0.3", "i0.3", "b0.3", "w0.3");
            string path = _folder.File($"random{seed}.parquet");
            using (var writer = ParquetTableWriter.Create(path))
            {
                writer.Write(table);
                writer.Complete();
            }

            var rows = _duck.Query($"select \"i0.3\"::varchar, \"b0.3\"::varchar, \"w0.3\", \"f0.3\" is null from '{path}'");
            Assert.Equal(table.RowCount, rows.Count);
            for (int row = 0; row < rows.Count; row++)
                Assert.Equal([table["i0.3"].Text(row), table["b0.3"].Text(row), table["w0.3"].Text(row), table["f0.3"].IsMissing(row).ToString()], rows[row]);
        }
    }

    private static long Whole(FeatureTable table, string column, int row) => ((Int64Column)table[column]).Cells.Span[row];
}
