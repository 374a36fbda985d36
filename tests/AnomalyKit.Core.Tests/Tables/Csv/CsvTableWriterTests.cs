using System.IO.Compression;
using System.Text;
using AnomalyKit.Tests.Csv;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AnomalyKit.Tests.Tables;

public sealed class CsvTableWriterTests
{
    private static readonly DateTime Time = new(2026, 11, 28, 14, 5, 9, DateTimeKind.Utc);

    [Fact]
    public void Cells_are_written_as_rfc_4180_says()
    {
        var table = new FeatureTable(
            new DoubleColumn("a,b", new[] { 0.1, double.NaN, 1e300 }),
            new Int64Column("id", new[] { long.MinValue, 9007199254740993, 0 }, new[] { false, false, true }),
            new SingleColumn("s", new[] { 0.1f, -0f, float.NaN }),
            CategoryColumn.FromWords("w", ["x \"y\"", "", null]),
            new BooleanColumn("yes", new sbyte[] { 1, 0, -1 }),
            new DateTimeColumn("t", new[] { Time.Ticks, Time.Ticks + 1, DateTimeColumn.MissingCell }, isUtc: true));
        Assert.Equal(
            "\"a,b\",id,s,w,yes,t\n0.1,-9223372036854775808,0.1,\"x \"\"y\"\"\",true,2026-11-28T14:05:09Z\n"
            + ",9007199254740993,-0,\"\",false,2026-11-28T14:05:09.0000001Z\n1E+300,,,,,\n",
            Written(table));
    }

    [Property(MaxTest = 200, Replay = "13, 17")]
    public Property What_is_written_is_read() => Prop.ForAll(Tables().ToArbitrary(), table =>
    {
        using var reader = CsvTableReader.Open(CsvText.Stream(Written(table)), TableLayout.Of(table.Schema));
        var read = reader.ReadAll();
        Assert.Equal(table.Schema, read.Schema);
        Assert.Equal(table.RowCount, read.RowCount);
        foreach (var column in table.Columns)
            Assert.Equal(table.Cells(column.Name), read.Cells(column.Name));
    });

    [Property(MaxTest = 100, Replay = "13, 19")]
    public Property What_is_written_with_a_decimal_comma_is_read_with_one() => Prop.ForAll(Tables().ToArbitrary(), table =>
    {
        using var reader = CsvTableReader.Open(CsvText.Stream(Written(table, new CsvWriteOptions { DecimalSeparator = ',' })), TableLayout.Of(table.Schema), new CsvTableOptions { DecimalSeparator = ',', Delimiter = ';' });
        var read = reader.ReadAll();
        Assert.Equal(table.RowCount, read.RowCount);
        foreach (var column in table.Columns)
            Assert.Equal(table.Cells(column.Name), read.Cells(column.Name));
    });

    [Fact]
    public void A_single_column_with_decimal_commas_is_read_back_without_naming_the_delimiter()
    {
        string text = Written(new FeatureTable(new DoubleColumn("x", new[] { 1.5, double.NaN, -2 })), new CsvWriteOptions { DecimalSeparator = ',' });
        using var reader = CsvTableReader.Open(CsvText.Stream(text), options: new CsvTableOptions { DecimalSeparator = ',' });
        Assert.Equal(["1.5", null, "-2"], reader.ReadAll().Cells("x"));
    }

    [Fact]
    public void A_decimal_comma_brings_semicolons()
    {
        var table = new FeatureTable(new DoubleColumn("x", new[] { -0.5, 1e-7, 3 }), CategoryColumn.FromWords("w", ["a;b", "1.5", "c,d"]));
        Assert.Equal("x;w\n-0,5;\"a;b\"\n1E-07;1.5\n3;c,d\n", Written(table, new CsvWriteOptions { DecimalSeparator = ',' }));
        Assert.Equal("x\tw\n-0,5\ta;b\n1E-07\t1.5\n3\tc,d\n", Written(table, new CsvWriteOptions { DecimalSeparator = ',', Delimiter = '\t' }));
        Assert.Throws<ArgumentException>(() => CsvTableWriter.Create(Stream.Null, new CsvWriteOptions { DecimalSeparator = ',', Delimiter = ',' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvTableWriter.Create(Stream.Null, new CsvWriteOptions { DecimalSeparator = ';' }));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" +x", "' +x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a;-b", "a;'-b")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=b", "a=b")]
    [InlineData("2026-11-28", "2026-11-28")]
    public void Words_that_look_like_formulas_are_guarded_where_that_is_asked_for(string word, string guarded)
    {
        // Written between bars, nothing but spaces at the ends puts a word in quotes.
        var table = new FeatureTable(CategoryColumn.FromWords("=w", [word]), new DoubleColumn("x", new[] { -1.0 }));
        string Row(bool guards) => Written(table, new CsvWriteOptions { Delimiter = '|', GuardsFormulas = guards }).Replace("\"", "", StringComparison.Ordinal);
        Assert.Equal($"'=w|x\n{guarded}|-1\n", Row(guards: true));
        Assert.Equal($"=w|x\n{word}|-1\n", Row(guards: false));
    }

    [Fact]
    public void Files_are_packed_by_their_ending_and_appear_whole()
    {
        string folder = Directory.CreateTempSubdirectory("csvwriter").FullName;
        try
        {
            string path = Path.Combine(folder, "scores.csv.gz");
            File.WriteAllText(path, "before");
            using (var writer = CsvTableWriter.Create(path, ';'))
            {
                writer.Write(new FeatureTable(new DoubleColumn("x", new[] { 1.5 }), CategoryColumn.FromWords("w", ["a;b"])));
                Assert.Equal("before", File.ReadAllText(path));
                writer.Complete();
                Assert.Throws<InvalidOperationException>(writer.Complete);
            }

            using var unpacked = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            Assert.Equal("x;w\n1.5;\"a;b\"\n", unpacked.ReadToEnd());
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_is_not_completed_leaves_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("csvwriter").FullName;
        try
        {
            string path = Path.Combine(folder, "scores.csv");
            using (var writer = CsvTableWriter.Create(path))
            {
                writer.Write(new FeatureTable(new DoubleColumn("x", new double[100_000])));
                var e = Assert.Throws<ArgumentException>(() => writer.Write(new FeatureTable(new DoubleColumn("y", new double[1]))));
                Assert.Contains("The batch has the columns (y: number), the first had (x: number)", e.Message, StringComparison.Ordinal);
                Assert.Throws<OperationCanceledException>(() => writer.Write(new FeatureTable(new DoubleColumn("x", new double[1])), new CancellationToken(canceled: true)));
                Assert.Throws<InvalidOperationException>(writer.Complete);
            }

            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Half_characters_are_refused()
    {
        using var writer = CsvTableWriter.Create(new MemoryStream());
        var e = Assert.Throws<ArgumentException>(() => writer.Write(new FeatureTable(CategoryColumn.FromWords("w", ["ok😀", "\uD800x"]))));
        Assert.Contains("lone surrogate", e.Message, StringComparison.Ordinal);
    }

    private static string Written(FeatureTable table, CsvWriteOptions? options = null)
    {
        using var stream = new MemoryStream();
        using (var writer = CsvTableWriter.Create(stream, options ?? new CsvWriteOptions(), leaveOpen: true))
        {
            writer.Write(table);
            writer.Complete();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Gen<FeatureTable> Tables()
    {
        var words = Gen.OneOf(
            Gen.Elements("", " ", "NA", "x,y", "\"", "a\nb", "a\r\nb", "7", "007", "żółć", "😀", "#", "sep=;", " pad "),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => new string([.. text.Get.Where(c => !char.IsSurrogate(c) && c is not ('\uFEFF' or '\uFFFD' or '\0'))])));
        var rows = from missing in Gen.Choose(0, 3)
                   from word in words
                   from number in ArbMap.Default.GeneratorFor<double>()
                   from whole in ArbMap.Default.GeneratorFor<long>()
                   from yes in Gen.Choose(-1, 1)
                   from ticks in ArbMap.Default.GeneratorFor<DateTime>()
                   select (Word: missing == 0 ? null : word, Number: double.IsInfinity(number) ? 1.5 : number, Whole: whole, Yes: (sbyte)yes, ticks.Ticks, Missing: missing == 1);
        return from list in rows.ArrayOf()
               from utc in Gen.Elements(true, false)
               from single in Gen.Elements(true, false)
               select Table(list, utc, single);

        static FeatureTable Table((string? Word, double Number, long Whole, sbyte Yes, long Ticks, bool Missing)[] rows, bool utc, bool single)
        {
            var category = CategoryColumn.FromWords("w", rows.Select(row => row.Word));
            if (single)
                return new FeatureTable(category);
            return new FeatureTable(
                [
                    new Int64Column("id", rows.Select(row => row.Whole).ToArray(), rows.Select(row => row.Missing).ToArray()),
                    category,
                    new DoubleColumn("x", rows.Select(row => row.Number).ToArray()),
                    new BooleanColumn("yes", rows.Select(row => row.Yes).ToArray()),
                    new DateTimeColumn("t", rows.Select(row => row.Missing ? DateTimeColumn.MissingCell : row.Ticks).ToArray(), utc && rows.Any(row => !row.Missing)),
                ],
                new TableSchema(
                    new TableField("id", ColumnKind.Number, ColumnRole.Id), new TableField("w", ColumnKind.Category), new TableField("x", ColumnKind.Number),
                    new TableField("yes", ColumnKind.Boolean), new TableField("t", ColumnKind.DateTime)));
        }
    }

    [Fact]
    public void A_date_is_quoted_where_its_colons_stand_between_cells()
    {
        var table = new FeatureTable(new DateTimeColumn("t", new[] { Time.Ticks }, isUtc: true), new DoubleColumn("x", new[] { 1.5 }));
        var stream = new MemoryStream();
        using (var writer = CsvTableWriter.Create(stream, new CsvWriteOptions { Delimiter = ':' }, leaveOpen: true))
        {
            writer.Write(table);
            writer.Complete();
        }

        Assert.Equal("t:x\n\"2026-11-28T14:05:09Z\":1.5\n", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
