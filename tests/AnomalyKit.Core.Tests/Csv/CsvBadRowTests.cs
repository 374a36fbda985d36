using System.Globalization;
using System.Text;

namespace AnomalyKit.Tests.Csv;

public class CsvBadRowTests
{
    private static readonly string[] BadRows = ["5,,0", "5,NA,0", "5", "5,6,0,7", "x,5,0", "5,1e39,0", "5,6,7", "1e400,6,0"];

    /// <summary>Bad rows at these places, among them the first and the last, around the end of the first rows, and many in a row.</summary>
    private static readonly int[] Places = [0, 1, 2, 17, 4094, 4095, 4096, 4097, 4098, 6000, 9000, 9001, 9002, 9003, 9999];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Skipped_rows_are_counted_and_reported_and_the_others_are_read(int batchRows)
    {
        var seen = new List<CsvBadRow>();
        var (text, kept, badLines) = Text();
        var options = new CsvOptions { BadRows = CsvBadRows.Skip, BadRowReport = seen.Add };
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text), "Class", options: options);
        var read = new List<float>();
        while (reader.ReadBatch(batchRows) is { } batch)
        {
            for (int row = 0; row < batch.RowCount; row++)
                read.Add(batch.Cells(row)[0]);
        }

        Assert.Equal(kept, read);
        Assert.Equal(kept.Length, reader.RowCount);
        Assert.Equal(Places.Length, reader.SkippedRowCount);
        Assert.Equal(badLines, seen.Select(row => row.Line).Order());
        Assert.Empty(reader.PrecisionLosses);
        var missing = seen.First(row => row.Text?.Length == 0);
        Assert.Equal((1, "b"), (missing.Column, missing.ColumnName));
        Assert.Contains("the cell is empty", missing.Problem, StringComparison.Ordinal);
        Assert.Contains(seen, row => row.Problem.Contains("float32", StringComparison.Ordinal));
        Assert.Contains(seen, row => row.Text == "7" && row.ColumnName == "Class");
    }

    [Fact]
    public void The_loader_skips_and_counts_too()
    {
        var (text, kept, badLines) = Text();
        CsvReport? report = null;
        var seen = new List<long>();
        var options = new CsvOptions { BadRows = CsvBadRows.Skip, BadRowReport = row => seen.Add(row.Line), Report = r => report = r };
        var matrix = CsvText.Load(text, "Class", options);
        Assert.Equal(kept, Enumerable.Range(0, matrix.RowCount).Select(row => matrix.Cells(row)[0]));
        Assert.Equal(kept.Length, matrix.Labels.Length);
        Assert.Equal((kept.Length, Places.Length), (report!.RowCount, report.SkippedRowCount));
        Assert.Equal(badLines, seen.Order());
    }

    [Fact]
    public void Rows_are_reported_once_where_the_file_is_read_twice()
    {
        var text = new StringBuilder("x\n");
        for (int i = 0; i < 20_000; i++)
            text.Append(i % 5000 == 4999 ? "?" : (i < 6000 ? 4096 : 4096 + (0.01 * Math.Sin(i))).ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        int seen = 0;
        CsvReport? report = null;
        CsvText.Load(text.ToString(), options: new CsvOptions { BadRows = CsvBadRows.Skip, BadRowReport = _ => seen++, Report = r => report = r });
        Assert.Equal((2, 4, 4L), (report!.PassCount, seen, report.SkippedRowCount));
    }

    [Fact]
    public void Refused_rows_are_thrown_in_their_turn_and_no_good_row_is_lost()
    {
        var (text, kept, badLines) = Text();
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text), "Class");
        var read = new List<float>();
        var lines = new List<long>();
        while (true)
        {
            try
            {
                if (reader.ReadBatch(1000) is not { } batch)
                    break;
                for (int row = 0; row < batch.RowCount; row++)
                    read.Add(batch.Cells(row)[0]);
            }
            catch (CsvFormatException e)
            {
                lines.Add(e.Line!.Value);
                // In the file's order: all rows before the bad one have been given out.
                Assert.Equal(e.Line.Value - 2 - lines.Count + 1, read.Count);
            }
        }

        Assert.Equal(kept, read);
        Assert.Equal(badLines, lines);
        Assert.Equal(0, reader.SkippedRowCount);
    }

    [Fact]
    public async Task An_asynchronous_reading_goes_on_behind_the_row_that_ended_it()
    {
        await using var reader = CsvFeatureReader.Open(CsvText.Stream("a\n1\n2\nx\n3\n"));
        var rows = new List<float>();
        await Assert.ThrowsAsync<CsvFormatException>(ReadAll);
        Assert.Equal([1f, 2f], rows);
        await ReadAll();
        Assert.Equal([1f, 2f, 3f], rows);

        async Task ReadAll()
        {
            await foreach (var batch in reader.ReadBatchesAsync(10))
                rows.AddRange(CsvText.Cells(batch));
        }
    }

    [Fact]
    public void A_bad_row_at_the_boundary_of_two_blocks_loses_nothing()
    {
        // 6000 columns: a block of 16 MiB holds 699 rows.
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 6000).Select(i => $"c{i}"))).Append('\n');
        string rest = string.Concat(Enumerable.Repeat(",1", 5999)) + "\n";
        for (int i = 0; i < 705; i++)
            text.Append(i == 699 ? "x" : i.ToString(CultureInfo.InvariantCulture)).Append(rest);
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text.ToString()));
        Assert.Equal(699, reader.ReadBatch(10_000)!.RowCount);
        Assert.Equal(701, Assert.Throws<CsvFormatException>(() => reader.ReadBatch(10_000)).Line);
        Assert.Equal(700, reader.ReadBatch(10_000)!.Cells(0)[0]);
    }

    [Fact]
    public void More_bad_rows_than_allowed_are_refused()
    {
        string text = "a\n" + string.Concat(Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? "x\n" : "1\n"));
        Assert.Equal(90, CsvText.Load(text, options: new CsvOptions { BadRows = CsvBadRows.Skip, MaxSkippedRows = 10 }).RowCount);
        var error = CsvText.Fails(text, options: new CsvOptions { BadRows = CsvBadRows.Skip, MaxSkippedRows = 9 });
        Assert.Equal(92, error.Line);
        Assert.Contains("9 bad rows were skipped before it", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxSkippedRows", error.Message, StringComparison.Ordinal);
        // Read with the wrong delimiter, a whole file is bad: by default that does not pass as an empty one.
        string other = "a:b,c\n" + string.Concat(Enumerable.Repeat("1:2,3\n", 2000));
        Assert.Contains("1000 bad rows", CsvText.Fails(other, options: new CsvOptions { BadRows = CsvBadRows.Skip }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x\n")]
    public void Opening_throws_for_no_row(string first)
    {
        using var refusing = CsvFeatureReader.Open(CsvText.Stream($"a\n{first}1\n\n2\n"));
        if (first.Length > 0)
            Assert.Equal(2, Assert.Throws<CsvFormatException>(() => refusing.ReadBatch(5)).Line);
        Assert.Equal([1f], CsvText.Cells(refusing.ReadBatch(5)!));
        Assert.Contains("blank", Assert.Throws<CsvFormatException>(() => refusing.ReadBatch(5)).Message, StringComparison.Ordinal);
        Assert.Equal([2f], CsvText.Cells(refusing.ReadBatch(5)!));
        Assert.Null(refusing.ReadBatch(5));
        using var skipping = CsvFeatureReader.Open(CsvText.Stream($"a\n{first}1\n\n2\n"), options: new CsvOptions { BadRows = CsvBadRows.Skip });
        Assert.Equal([1f, 2f], CsvText.Cells(skipping.ReadBatch(5)!));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\"4\n5,6\n", 3)]
    [InlineData("a,b\n1,2\n3,\"4\"x\n5,6\n", 3)]
    public void Broken_text_ends_the_reading_after_the_rows_before_it(string text, int line)
    {
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text), options: new CsvOptions { BadRows = CsvBadRows.Skip });
        Assert.Equal([1f, 2f], CsvText.Cells(reader.ReadBatch(10)!));
        Assert.Equal(line, Assert.Throws<CsvFormatException>(() => reader.ReadBatch(10)).Line);
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(10));
    }

    [Fact]
    public void Reading_goes_on_in_packed_files()
    {
        var (text, kept, badLines) = Text();
        byte[] packed = CsvText.Gzip(Encoding.ASCII.GetBytes(text));
        using var file = new TemporaryFile(packed, ".csv.gz");
        Assert.Equal(kept.Length, FeatureMatrix.LoadCsv(file.FilePath, "Class", options: new CsvOptions { BadRows = CsvBadRows.Skip }).RowCount);
        using var reader = CsvFeatureReader.Open(new MemoryStream(packed), "Class");
        int rows = 0;
        int errors = 0;
        for (bool more = true; more;)
        {
            try
            {
                var batch = reader.ReadBatch(5000);
                rows += batch?.RowCount ?? 0;
                more = batch is not null;
            }
            catch (CsvFormatException)
            {
                errors++;
            }
        }

        Assert.Equal((kept.Length, badLines.Length), (rows, errors));
        var cut = Assert.Throws<CsvFormatException>(
            () => FeatureMatrix.LoadCsv(new MemoryStream(packed[..^20]), "Class", options: new CsvOptions { BadRows = CsvBadRows.Skip }));
        Assert.Contains("gzip", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_rows_are_good_ones()
    {
        var options = new CsvOptions { BadRows = CsvBadRows.Skip, MaxRows = 3 };
        Assert.Equal([1f, 2f, 3f], CsvText.Cells(CsvText.Load("a\n1\nx\n2\n?\n3\n4\n", options: options)));
        // Beyond float32 is found out later than the rest.
        var matrix = CsvText.Load("a\n1\n1e39\n2\n-1e39\n3\n4\n", options: options);
        var values = new double[matrix.RowCount];
        matrix.Schema.Decode(matrix.ContiguousCells(0), values);
        Assert.Equal([1, 2, 3], values);
    }

    [Fact]
    public void What_the_callback_throws_ends_the_reading()
    {
        var options = new CsvOptions { BadRows = CsvBadRows.Skip, BadRowReport = _ => throw new TimeoutException() };
        Assert.Throws<TimeoutException>(() => CsvText.Load("a\n1\nx\n", options: options));
    }

    [Fact]
    public void A_policy_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvOptions { BadRows = (CsvBadRows)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvOptions { MaxSkippedRows = 0 });
    }

    private static (string Text, float[] Kept, long[] BadLines) Text()
    {
        var text = new StringBuilder("a,b,Class\n");
        var kept = new List<float>();
        for (int i = 0; i < 10_000; i++)
        {
            int place = Array.IndexOf(Places, i);
            if (place < 0)
                kept.Add(i);
            text.Append(place < 0 ? $"{i},{i % 13},{(i % 50 == 0 ? 1 : 0)}" : BadRows[place % BadRows.Length]).Append('\n');
        }

        return (text.ToString(), [.. kept], [.. Places.Select(place => place + 2L)]);
    }
}
