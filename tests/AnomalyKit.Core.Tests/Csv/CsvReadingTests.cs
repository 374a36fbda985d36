using System.Globalization;
using System.Text;

namespace AnomalyKit.Tests.Csv;

public class CsvReadingTests
{
    [Theory]
    [InlineData("a,b,Class\n1,2.5,0\n-3,4e1,1\n")]
    [InlineData("\"a\",\"b\",\"Class\"\n1,2.5,\"0\"\n\"-3\",40,\"1\"\n")]
    [InlineData("\uFEFFa,b,Class\r\n1,2.5,0\r\n-3,40,1\r\n\r\n\r\n")]
    [InlineData("a,b,Class\r1,2.5,0\r-3,40,1")]
    [InlineData("\n a ;b;Class\n 1 ;+2.5;false\n\n-3;40.;TRUE\n\n")]
    [InlineData("a\tb\tClass\n1\t2.5\t0.0\n-3\t40\t1.0\n")]
    [InlineData("a|b|Class\n1|2.5|0\n-3|40|1")]
    public void Features_and_labels_are_read(string text)
    {
        var matrix = CsvText.Load(text, "Class");
        Assert.Equal(["a", "b"], matrix.Schema.ColumnNames);
        Assert.True(matrix.Schema.IsNamed);
        Assert.Equal([1f, 2.5f, -3f, 40f], CsvText.Cells(matrix));
        Assert.Equal([false, true], matrix.Labels.ToArray());
    }

    [Fact]
    public void Utf16_is_recognised_by_its_mark()
    {
        byte[] text = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("größe,b\n1,2\n")];
        Assert.Equal(["größe", "b"], FeatureMatrix.LoadCsv(new MemoryStream(text)).Schema.ColumnNames);
    }

    [Fact]
    public void A_line_that_starts_with_a_hash_is_no_comment()
    {
        Assert.Equal(["#a", "b"], CsvText.Load("#a,b\n1,2\n").Schema.ColumnNames);
        Assert.Equal(2, CsvText.Fails("a,b\n#1,2\n").Line);
    }

    [Theory]
    [InlineData("a,b\n")]
    [InlineData("a,b")]
    public void A_header_only_makes_a_matrix_without_rows(string text)
    {
        var matrix = CsvText.Load(text, "b");
        Assert.Equal(0, matrix.RowCount);
        Assert.Equal(["a"], matrix.Schema.ColumnNames);
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text));
        Assert.Null(reader.ReadBatch(10));
        Assert.Null(reader.ReadBatch(10));
    }

    [Fact]
    public void Columns_are_chosen_ordered_and_left_out()
    {
        const string Text = "id,a,b,c\nx,1,2,3\ny,4,5,6\n";
        Assert.Equal([3f, 1f, 6f, 4f], CsvText.Cells(CsvText.Load(Text, options: new CsvOptions { Columns = ["c", "a"] })));
        Assert.Equal([1f, 2f, 4f, 5f], CsvText.Cells(CsvText.Load(Text.Replace("3", "0", StringComparison.Ordinal).Replace("6", "1", StringComparison.Ordinal), "c", new CsvOptions { IgnoreColumns = ["id"] })));
    }

    [Fact]
    public void Without_a_header_columns_are_called_by_their_position()
    {
        var matrix = CsvText.Load("1,2,0\n3,4,1\n", "f2", new CsvOptions { HasHeader = false });
        Assert.Equal(["f0", "f1"], matrix.Schema.ColumnNames);
        Assert.False(matrix.Schema.IsNamed);
        Assert.Equal(FeatureSchema.Unnamed(2), matrix.Schema);
        Assert.Equal([1f, 2f, 3f, 4f], CsvText.Cells(matrix));
        Assert.Equal([false, true], matrix.Labels.ToArray());
    }

    [Fact]
    public void Anomaly_labels_can_be_texts()
    {
        var options = new CsvOptions { AnomalyLabels = new HashSet<string> { "dos", "probe" } };
        Assert.Equal([false, true, true], CsvText.Load("a,kind\n1,normal\n2, dos\n3,\"probe\"\n", "kind", options).Labels.ToArray());
        Assert.Equal(2, CsvText.Fails("a,kind\n1,\n", "kind", options).Line);
    }

    [Fact]
    public void Gzip_is_recognised_by_its_bytes()
    {
        byte[] packed = CsvText.Gzip("a,b\n1,2\n3,4\n"u8);
        Assert.Equal([1f, 2f, 3f, 4f], CsvText.Cells(FeatureMatrix.LoadCsv(new MemoryStream(packed))));
        Assert.Equal([1f, 2f, 3f, 4f], CsvText.Cells(FeatureMatrix.LoadCsv(new TrickleStream(packed, 1))));
        foreach (string ending in new[] { ".csv.gz", ".csv" })
        {
            using var file = new TemporaryFile(packed, ending);
            Assert.Equal(2, FeatureMatrix.LoadCsv(file.FilePath).RowCount);
        }
    }

    [Fact]
    public void Gzip_members_one_after_the_other_are_one_text()
    {
        byte[] packed = [.. CsvText.Gzip("a,b\n1,2\n"u8), .. CsvText.Gzip(""u8), .. CsvText.Gzip("3,4\n5,"u8), .. CsvText.Gzip("6\n"u8)];
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], CsvText.Cells(FeatureMatrix.LoadCsv(new MemoryStream(packed))));
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], CsvText.Cells(FeatureMatrix.LoadCsv(new TrickleStream(packed, 1))));
    }

    [Fact]
    public void Streams_stay_open_after_loading_and_are_closed_by_the_reader()
    {
        var stream = new TrickleStream("a\n1\n"u8.ToArray());
        FeatureMatrix.LoadCsv(stream);
        Assert.False(stream.IsDisposed);
        CsvFeatureReader.Open(stream = new TrickleStream("a\n1\n"u8.ToArray())).Dispose();
        Assert.True(stream.IsDisposed);
        CsvFeatureReader.Open(stream = new TrickleStream("a\n1\n"u8.ToArray()), leaveOpen: true).Dispose();
        Assert.False(stream.IsDisposed);
        Assert.Throws<CsvFormatException>(() => CsvFeatureReader.Open(stream = new TrickleStream("a,a\nx\n"u8.ToArray())));
        Assert.True(stream.IsDisposed);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(9000, 1000)]
    [InlineData(9000, 4096)]
    [InlineData(9000, 8999)]
    [InlineData(9000, 9000)]
    [InlineData(9000, 100_000)]
    public async Task Batches_are_the_whole(int rows, int batchRows)
    {
        string text = Rows(rows);
        var whole = CsvText.Load(text, "Class");
        Assert.Equal(rows, whole.RowCount);
        var cells = new List<float>();
        var labels = new List<bool>();
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text), "Class");
        await foreach (var batch in reader.ReadBatchesAsync(batchRows))
        {
            Assert.Equal(Math.Min(batchRows, rows - labels.Count), batch.RowCount);
            Assert.Same(reader.Schema, batch.Schema);
            cells.AddRange(CsvText.Cells(batch));
            labels.AddRange(batch.Labels.ToArray());
        }

        Assert.Equal(CsvText.Cells(whole), cells);
        Assert.Equal(whole.Labels.ToArray(), labels);
        Assert.Equal(rows, reader.RowCount);
    }

    [Fact]
    public void A_batch_larger_than_a_block_is_one_matrix()
    {
        // 6000 columns: a block of 16 MiB holds 699 rows.
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 6000).Select(i => $"c{i}"))).Append(",y\n");
        for (int i = 0; i < 800; i++)
            text.Append(i).Append(',').AppendJoin(',', Enumerable.Repeat("1", 5999)).Append(i % 2 == 0 ? ",0\n" : ",1\n");
        using var reader = CsvFeatureReader.Open(CsvText.Stream(text.ToString()), "y");
        var batch = reader.ReadBatch(int.MaxValue)!;
        Assert.Equal(800, batch.RowCount);
        for (int i = 0; i < 800; i++)
        {
            Assert.Equal(i, batch.Cells(i)[0]);
            Assert.Equal(i % 2 == 1, batch.Labels.Span[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(5000)]
    public void Maximum_rows_stops_the_reading(int maximum)
    {
        // The broken row behind them is never reached.
        var matrix = CsvText.Load(Rows(maximum) + "broken\n", "Class", new CsvOptions { MaxRows = maximum });
        Assert.Equal(maximum, matrix.RowCount);
        Assert.Equal(maximum, matrix.Labels.Length);
    }

    [Fact]
    public void A_fitted_schema_decides_on_columns_order_and_offsets()
    {
        var schema = new FeatureSchema(["b", "a"], [100, 0]);
        using var reader = CsvFeatureReader.Open(CsvText.Stream("a,x,b,y\n1,text,102,0\n3,text,104,1\n"), "y", schema);
        Assert.Same(schema, reader.Schema);
        var batch = reader.ReadBatch(10)!;
        Assert.Equal([2f, 1f, 4f, 3f], CsvText.Cells(batch));
        Assert.Equal([false, true], batch.Labels.ToArray());
        var error = Assert.Throws<CsvFormatException>(() => CsvFeatureReader.Open(CsvText.Stream("a,x\n1,2\n"), schema: schema));
        Assert.Equal("b", error.Value);
    }

    [Fact]
    public void A_schema_without_names_is_matched_by_position()
    {
        var schema = FeatureSchema.Unnamed(2);
        using (var reader = CsvFeatureReader.Open(CsvText.Stream("p,q,y\n1,2,0\n"), "y", schema))
            Assert.Equal([1f, 2f], CsvText.Cells(reader.ReadBatch(10)!));
        using (var reader = CsvFeatureReader.Open(CsvText.Stream("1,2\n"), schema: new FeatureSchema(["p", "q"]), options: new CsvOptions { HasHeader = false }))
            Assert.Equal([1f, 2f], CsvText.Cells(reader.ReadBatch(10)!));
        var error = Assert.Throws<CsvFormatException>(() => CsvFeatureReader.Open(CsvText.Stream("p,q,y\n1,2,0\n"), schema: schema));
        Assert.Contains("3 feature columns", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_comes_in_order_and_ends_with_all_rows()
    {
        byte[] text = Encoding.ASCII.GetBytes(Rows(20_000));
        var seen = new List<CsvProgress>();
        FeatureMatrix.LoadCsv(new MemoryStream(text), "Class", options: new CsvOptions { Progress = new Collector(seen) });
        Assert.True(seen.Count >= 4);
        Assert.Equal(new CsvProgress { BytesRead = text.Length, TotalBytes = text.Length, RowCount = 20_000 }, seen[^1]);
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.RowCount < pair.Second.RowCount && pair.First.BytesRead <= pair.Second.BytesRead));
        seen.Clear();
        FeatureMatrix.LoadCsv(new TrickleStream(text, 5000), "Class", options: new CsvOptions { Progress = new Collector(seen) });
        Assert.Null(seen[^1].TotalBytes);
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var options = new CsvOptions { Progress = new Canceller(stop) };
        Assert.Throws<OperationCanceledException>(() => FeatureMatrix.LoadCsv(CsvText.Stream(Rows(100_000)), "Class", options: options, cancellationToken: stop.Token));
        using var reader = CsvFeatureReader.Open(CsvText.Stream(Rows(100_000)));
        using var second = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in reader.ReadBatchesAsync(10).WithCancellation(second.Token))
                await second.CancelAsync();
        });
    }

    [Fact]
    public void A_disposed_reader_says_so()
    {
        var reader = CsvFeatureReader.Open(CsvText.Stream("a\n1\n"));
        reader.Dispose();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.ReadBatch(1));
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            german.NumberFormat.NumberGroupSeparator = ".";
            german.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = german;
            Assert.Equal([1.5f, -2e-3f], CsvText.Cells(CsvText.Load("a,b\n1.5,-2e-3\n")));
            Assert.Contains("with a point", CsvText.Fails("a;b\n1,5;2\n").Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Rows(int count)
    {
        var text = new StringBuilder("a,b,Class\n");
        var random = new Random(count);
        for (int i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{random.NextDouble():R},{(random.Next(4) == 0 ? 1 : 0)}\n");
        return text.ToString();
    }

    private sealed class Collector(List<CsvProgress> seen) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) => seen.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource stop) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) => stop.Cancel();
    }
}
