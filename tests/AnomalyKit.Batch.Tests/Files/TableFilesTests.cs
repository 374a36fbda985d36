using System.Text;
using System.Text.Json;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Batch.Tests.Files;

/// <summary>Any number of files are one table, in an order that all agree on.</summary>
public sealed class TableFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_come_in_the_ordinal_order_of_their_paths_each_once()
    {
        foreach (string name in new[] { "b/part-2.csv", "b/part-10.csv", "a.parquet", "b/_hidden.csv", "b/notes.md", ".git/x.csv", "c.csv.gz" })
            Write(name, "x\n1\n");
        var found = TableFiles.Find([_folder.Root, Path.Combine(_folder.Root, "b/part-2.csv"), Path.Combine(_folder.Root, "**/part-*.csv")]);
        Assert.Equal(["a.parquet", "b/part-10.csv", "b/part-2.csv", "c.csv.gz"], found.Files.Select(file => Path.GetRelativePath(_folder.Root, file.Path)));
        Assert.Equal([TableFormat.Parquet, TableFormat.Csv, TableFormat.Csv, TableFormat.Csv], found.Files.Select(file => file.Format));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_file_that_is_gone_no_rows_of_later_files_follow(bool isSkipped)
    {
        string[] paths = [.. Enumerable.Range(0, 3).Select(i => Write($"part-{i}.csv", $"x\n{i}\n"))];
        using var reader = TableFiles.Find(paths).Open(new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Number } });
        Assert.Equal(1, reader.ReadBatch(10)!.RowCount);
        File.Delete(paths[1]);
        Assert.Contains("part-1.csv", Assert.Throws<IOException>(() => isSkipped ? (object)reader.SkipRows(10) : reader.ReadBatch(10)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(10));
        Assert.Throws<InvalidOperationException>(() => reader.SkipRows(10));
        Assert.Equal(1, reader.RowCount);
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    public void Files_that_are_read_ahead_give_their_rows_in_any_steps(string ending)
    {
        const int Rows = 1000;
        for (int i = 0; i < 3; i++)
        {
            using var writer = TableFiles.Create(_folder.File($"ahead-{i}{ending}"));
            for (int start = 0; start < Rows; start += 250)
                writer.Write(new FeatureTable(new DoubleColumn("x", Enumerable.Range((i * Rows) + start, 250).Select(row => row + 0.5).ToArray())));
            writer.Complete();
        }

        var files = TableFiles.Find([_folder.File($"ahead-*{ending}")]);
        var random = new Random(5);
        for (int round = 0; round < 20; round++)
        {
            using var reader = files.Open(options: new TableReadOptions { Csv = new CsvTableOptions { MaxDegreeOfParallelism = round % 2 == 0 ? -1 : 1 } });
            long at = 0;
            while (true)
            {
                int count = random.Next(1, 400);
                if (random.Next(3) == 0)
                {
                    long skipped = reader.SkipRows(count);
                    Assert.Equal(Math.Min(count, (3 * Rows) - at), skipped);
                    at += skipped;
                }
                else if (reader.ReadBatch(count) is { } batch)
                {
                    Assert.InRange(batch.RowCount, 1, count);
                    var cells = ((DoubleColumn)batch.Columns[0]).Cells.Span;
                    for (int row = 0; row < cells.Length; row++)
                        Assert.Equal(at + row + 0.5, cells[row]);
                    at += batch.RowCount;
                }
                else
                {
                    break;
                }

                Assert.Equal(at, reader.RowCount);
            }

            Assert.Equal(3 * Rows, at);
            Assert.Null(reader.ReadBatch(1));
        }
    }

    [Fact]
    public void A_file_that_is_read_ahead_says_what_is_wrong_when_its_rows_come()
    {
        for (int i = 0; i < 2; i++)
        {
            using var writer = TableFiles.Create(_folder.File($"broken-{i}.parquet"));
            writer.Write(new FeatureTable(new DoubleColumn("x", new double[] { 1, 2.5 })));
            writer.Complete();
        }

        var files = TableFiles.Find([_folder.File("broken-*.parquet")]);
        byte[] bytes = File.ReadAllBytes(_folder.File("broken-1.parquet"));
        using var reader = files.Open();
        bytes.AsSpan(4, bytes.Length / 3).Clear();
        File.WriteAllBytes(_folder.File("broken-1.parquet"), bytes);
        Assert.Equal(2, reader.ReadBatch(2)!.RowCount);
        Assert.NotNull(Record.Exception(() => reader.ReadBatch(2)));
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(2));
        Assert.Equal(2, reader.RowCount);
    }

    [Fact]
    public void After_a_cancelled_read_no_rows_follow_whatever_the_format()
    {
        foreach (string ending in new[] { ".csv", ".parquet", ".arrow" })
        {
            string[] paths = [.. Enumerable.Range(0, 2).Select(i => _folder.File($"cancelled-{i}{ending}"))];
            foreach (string path in paths)
            {
                using var writer = TableFiles.Create(path);
                writer.Write(new FeatureTable(new DoubleColumn("x", new double[] { 1, 2.5 })));
                writer.Complete();
            }

            // Parquet files are one run: a file of another format follows them.
            using var reader = TableFiles.Find([.. paths, Write("last.csv", "x\n1.5\n")]).Open(new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Number } });
            Assert.NotNull(reader.ReadBatch(1));
            Assert.ThrowsAny<OperationCanceledException>(() =>
            {
                while (reader.ReadBatch(1, new CancellationToken(canceled: true)) is not null)
                {
                }
            });
            Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(1));
        }
    }

    [Fact]
    public void Behind_a_bad_row_of_CSV_the_next_rows_follow()
    {
        string[] paths = [Write("a.csv", "x\n1\nbad\n3\n"), Write("b.csv", "x\n4\n")];
        using var reader = TableFiles.Find(paths).Open(new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Number } }, new() { Csv = new() { MaxDegreeOfParallelism = 1 } });
        var rows = new List<int>();
        int errors = 0;
        while (true)
        {
            try
            {
                if (reader.ReadBatch(10) is not { } batch)
                    break;
                rows.Add(batch.RowCount);
            }
            catch (TableDataException)
            {
                errors++;
            }
        }

        Assert.Equal((1, 3), (errors, rows.Sum()));
    }

    [Fact]
    public void A_file_of_several_names_is_read_once_and_a_circle_of_folders_ends()
    {
        string path = Write("a/rows.csv", "x\n1\n");
        var found = TableFiles.Find([path, Path.Combine(_folder.Root, "a", "..", "a", "rows.csv")]);
        Assert.Single(found.Files);
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "a", "link.csv"), path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Root, "a", "loop"), Path.Combine(_folder.Root, "a"));
        Assert.Single(TableFiles.Find(_folder.Root).Files);
        Assert.Single(TableFiles.Find(Path.Combine(_folder.Root, "**/*.csv")).Files);
    }

    [Fact]
    public void A_name_with_a_star_is_a_file_where_there_is_one()
    {
        string odd = Write("a*b.csv", "x\n1\n");
        Write("aab.csv", "x\n1\n");
        Assert.Equal([odd], TableFiles.Find(odd).Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData("none.csv", "There is no file and no folder")]
    [InlineData("none-*.csv", "No file matches")]
    [InlineData("empty", "holds no table")]
    public void What_names_nothing_is_said(string path, string message)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "empty"));
        var error = Assert.Throws<FileNotFoundException>(() => TableFiles.Find(Path.Combine(_folder.Root, path)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_ending_needs_a_format()
    {
        string path = Write("rows.dat", "x,y\n1,2\n");
        Assert.Contains(".parquet", Assert.Throws<TableDataException>(() => TableFiles.Find(path)).Message, StringComparison.Ordinal);
        using var reader = TableFiles.Find([path], TableFormat.Csv).Open();
        Assert.Equal(1, reader.ReadAll().RowCount);
    }

    [Fact]
    public void Columns_are_found_by_name_in_every_file()
    {
        string[] paths = [Write("1.csv", "a,b\n1,2\n3,4\n"), Write("2.csv", "b,extra,a\n6,x,5\n")];
        var error = Assert.Throws<TableDataException>(() => TableFiles.Find([paths[0], Write("0.csv", "b,c,a\n6,x,5\n")]).Open().ReadAll());
        Assert.Contains("1.csv", error.Message, StringComparison.Ordinal);
        Assert.Equal("c", error.ColumnName);
        using var reader = TableFiles.Find(paths.Reverse()).Open(new TableLayout { Columns = ["a", "b"] });
        var table = reader.ReadAll();
        Assert.Equal("1 3 5", Column(table, "a"));
        Assert.Equal("2 4 6", Column(table, "b"));
        Assert.Equal(1, reader.Fraction);
    }

    [Fact]
    public void Kinds_come_from_the_cells_of_all_csv_files()
    {
        // A tail of words or fractions is not bent to what the first file looks like, and a file of gaps decides nothing.
        string[] paths = [Write("1.csv", "n,w,g\n1,7,\n"), Write("2.csv", "n,w,g\n1.5,x,red\n"), Write("3.csv", "n,w,g\n,,\n")];
        using var reader = TableFiles.Find(paths).Open();
        var table = reader.ReadAll();
        Assert.Equal([ColumnKind.Number, ColumnKind.Category, ColumnKind.Category], table.Schema.Fields.Select(field => field.Kind));
        Assert.Equal("1 1.5 -", Column(table, "n"));
        Assert.Equal("7 x -", Column(table, "w"));
        Assert.Equal("- red -", Column(table, "g"));
    }

    [Fact]
    public void Formats_may_be_mixed()
    {
        var table = new FeatureTable(new DoubleColumn("x", new double[] { 1, 2 }), CategoryColumn.FromWords("w", ["a", null]));
        foreach (string name in new[] { "1.csv", "2.parquet", "3.arrow", "4.csv.gz" })
        {
            using var writer = TableFiles.Create(Path.Combine(_folder.Root, name));
            writer.Write(table);
            writer.Complete();
        }

        using var reader = TableFiles.Find(_folder.Root).Open();
        var all = reader.ReadAll();
        Assert.Equal("1 2 1 2 1 2 1 2", Column(all, "x"));
        Assert.Equal("a - a - a - a -", Column(all, "w"));
    }

    [Fact]
    public void Folders_of_partitions_give_a_column()
    {
        foreach (string country in new[] { "BR", "FR" })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Root, $"country={country}"));
            using var writer = TableFiles.Create(Path.Combine(_folder.Root, $"country={country}/part.parquet"));
            writer.Write(new FeatureTable(new DoubleColumn("x", new double[] { country.Length })));
            writer.Complete();
        }

        using var reader = TableFiles.Find(_folder.Root).Open();
        Assert.Equal("BR FR", Column(reader.ReadAll(), "country"));
    }

    [Fact]
    public void A_file_that_changes_is_named()
    {
        string path = Write("1.csv", "x\n1\n");
        var files = TableFiles.Find([path, Write("2.csv", "x\n1\n")]);
        File.AppendAllText(path, "2\n");
        Assert.Contains("had 4 bytes", Assert.Throws<IOException>(() => files.Open()).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("is gone", Assert.Throws<IOException>(() => files.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_its_file()
    {
        string[] paths = [Write("1.csv", "x,y\n1,2\n"), Write("2.csv", "x,y\n1,2\noops,3\n")];
        using var reader = TableFiles.Find(paths).Open(new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Number, ["y"] = ColumnKind.Number } });
        var error = Assert.Throws<TableDataException>(() => reader.ReadAll());
        Assert.Contains("2.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains("oops", error.Message, StringComparison.Ordinal);
        Assert.Equal("x", error.ColumnName);
    }

    [Fact]
    public void Lines_of_json_are_what_a_parser_reads()
    {
        using var stream = new MemoryStream();
        using (var writer = TableFiles.Create(stream, TableFormat.JsonLines))
        {
            writer.Write(new FeatureTable(
                new Int64Column("n", new long[] { long.MaxValue, 2 }),
                new DoubleColumn("x", new[] { double.PositiveInfinity, double.NaN }),
                new SingleColumn("s", new float[] { 0.1f, 1 }),
                CategoryColumn.FromWords("w\"", ["</script>\n", null]),
                new BooleanColumn("b", new sbyte[] { 1, 0 })));
            writer.Complete();
        }

        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(long.MaxValue, first.RootElement.GetProperty("n").GetInt64());
        Assert.Equal("Infinity", first.RootElement.GetProperty("x").GetString());
        Assert.Equal(0.1f, first.RootElement.GetProperty("s").GetSingle());
        Assert.Equal("</script>\n", first.RootElement.GetProperty("w\"").GetString());
        Assert.Equal("""{"n":2,"x":null,"s":1,"w\u0022":null,"b":false}""", lines[1]);
    }

    [Fact]
    public void A_writer_that_does_not_complete_leaves_nothing()
    {
        using (var writer = TableFiles.Create(Path.Combine(_folder.Root, "x.jsonl")))
            writer.Write(new FeatureTable(new DoubleColumn("x", new double[] { 1 })));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
        Assert.Throws<ArgumentException>(() => TableFiles.Create(Path.Combine(_folder.Root, "x.txt2")));
    }

    private string Write(string name, string content)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, content);
        return path;
    }

    private static string Column(FeatureTable table, string name) => string.Join(' ', Enumerable.Range(0, table.RowCount).Select(row => table[name].Text(row) ?? "-"));
}
