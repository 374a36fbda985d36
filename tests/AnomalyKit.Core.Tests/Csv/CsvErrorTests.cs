using System.Text;

namespace AnomalyKit.Tests.Csv;

public class CsvErrorTests
{
    [Theory]
    [InlineData("abc", "is not a number")]
    [InlineData("1.5.2", "is not a number")]
    [InlineData("0x10", "is not a number")]
    [InlineData("--1", "is not a number")]
    [InlineData("1e", "is not a number")]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("\"\"", "empty")]
    [InlineData("NaN", "missing value")]
    [InlineData("Infinity", "infinite")]
    [InlineData("-Infinity", "infinite")]
    [InlineData("1e400", "infinite")]
    [InlineData("1e39", "float32")]
    [InlineData("-3.5e38", "float32")]
    public void A_bad_cell_is_named_by_line_column_and_value(string cell, string problem)
    {
        var error = CsvText.Fails($"a,b,c\n1,2,3\n4,{cell},6\n7,8,9\n");
        Assert.Equal(3, error.Line);
        Assert.Equal(1, error.Column);
        Assert.Equal("b", error.ColumnName);
        Assert.Null(error.Path);
        Assert.StartsWith("CSV stream, line 3, column 'b': ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        if (problem != "float32")
            Assert.Equal(cell.Trim('"'), error.Value);
    }

    [Fact]
    public void A_file_is_named_in_the_message_and_by_its_path()
    {
        using var file = new TemporaryFile("a,b\n1,x\n"u8, ".csv");
        var error = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(file.FilePath));
        Assert.Equal(file.FilePath, error.Path);
        Assert.StartsWith($"{Path.GetFileName(file.FilePath)}, line 2, column 'b': 'x' is not a number.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_physical_lines_after_quoted_line_breaks_and_blank_lines()
    {
        //                            1  2    3     4  5  6      7     8   9
        var error = CsvText.Fails("\"a\n1\",b,\"c\r\nd\"\n\n1,2,3\n4,\"\n5\n\",x\n");
        Assert.EndsWith(
            "': 'x' is not a number. Correct it or remove the row; leave the column out with IgnoreColumns if it is not a feature.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(8, error.Line);
        Assert.Equal(2, error.Column);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_are_counted_for_every_line_end(string end)
    {
        var error = CsvText.Fails(string.Join(end, "a,b", "1,2", "\"3\",4", "5,?", ""));
        Assert.Equal(4, error.Line);
        Assert.Equal("b", error.ColumnName);
    }

    [Fact]
    public void Lines_are_counted_past_the_parsers_buffer()
    {
        var text = new StringBuilder("a,b\n");
        for (int i = 0; i < 60_000; i++)
            text.Append(i % 1000 == 0 ? "\"1\",\"2\n\"\n" : "1,2\r\n");
        text.Append("1,oops\n");
        var error = CsvText.Fails(text.ToString());
        Assert.Equal(60_000 + 60 + 2, error.Line);
        Assert.Equal("oops", error.Value);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n4,5\n", 3, 2, "c", "2 cells")]
    [InlineData("a,b,c\n1,2,3\n4\n", 3, 1, "b", "1 cell,")]
    [InlineData("a,b,c\n1,2,3\n4,5,6,7\n", 3, null, null, "'7'")]
    [InlineData("a,b,c\n1,2,3\n4,5,6,\n", 3, null, null, "4 cells")]
    public void A_ragged_row_is_named(string text, int line, int? column, string? name, string part)
    {
        var error = CsvText.Fails(text);
        Assert.Equal(line, error.Line);
        Assert.Equal(column, error.Column);
        Assert.Equal(name, error.ColumnName);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_said_to_be_empty(string text) =>
        Assert.Contains("is empty", CsvText.Fails(text).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_header_is_noticed()
    {
        var error = CsvText.Fails("1,2.5\n3,4\n");
        Assert.Equal(1, error.Line);
        Assert.Contains("HasHeader", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_name_is_an_error_only_where_it_is_used()
    {
        var error = CsvText.Fails("a,b,a\n1,2,3\n");
        Assert.Equal(1, error.Line);
        Assert.Equal(2, error.Column);
        Assert.Equal("a", error.ColumnName);
        Assert.Equal([2f], CsvText.Cells(CsvText.Load("a,b,a\n1,2,3\n", options: new CsvOptions { IgnoreColumns = ["a"] })));
        Assert.Equal([2f], CsvText.Cells(CsvText.Load("a,b,a\n1,2,3\n", options: new CsvOptions { Columns = ["b"] })));
    }

    [Fact]
    public void A_column_without_a_name_is_an_error_only_where_it_is_used()
    {
        var error = CsvText.Fails(",a\n0,1\n");
        Assert.Equal(1, error.Line);
        Assert.Equal(0, error.Column);
        Assert.Null(error.ColumnName);
        Assert.Equal([1f], CsvText.Cells(CsvText.Load(",a\n0,1\n", options: new CsvOptions { IgnoreColumns = [""] })));
    }

    [Fact]
    public void An_unknown_column_is_named_with_the_columns_there_are()
    {
        foreach (var error in new[]
        {
            CsvText.Fails("\na,b\n1,2\n", "Class"),
            CsvText.Fails("\na,b\n1,2\n", options: new CsvOptions { Columns = ["a", "Class"] }),
            CsvText.Fails("\na,b\n1,2\n", options: new CsvOptions { IgnoreColumns = ["Class"] }),
            CsvText.Fails("\na,b\n1,2\n", options: new CsvOptions { ColumnOffsets = new Dictionary<string, double> { ["Class"] = 1 } }),
        })
        {
            Assert.Equal(2, error.Line);
            Assert.Equal("Class", error.Value);
            Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_without_features_is_refused()
    {
        var error = CsvText.Fails("Class\n1\n", "Class");
        Assert.Equal(1, error.Line);
        Assert.Contains("no feature column", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("fraud", "'fraud' is not a label")]
    [InlineData("NaN", "'NaN' is not a label")]
    public void An_unknown_label_is_named(string label, string problem)
    {
        var error = CsvText.Fails($"a,Class\n1,0\n2,{label}\n", "Class");
        Assert.Equal(3, error.Line);
        Assert.Equal(1, error.Column);
        Assert.Equal("Class", error.ColumnName);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclosed_quote_is_named_by_the_line_that_opens_it()
    {
        var error = CsvText.Fails("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
        Assert.Equal(3, error.Line);
        Assert.Contains("never closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclosed_quote_before_very_much_text_is_named_too()
    {
        var error = CsvText.Fails("a,b\n1,\"2\n" + new string('3', 17_000_000));
        Assert.Equal(2, error.Line);
        Assert.Contains("never closed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,\"2\"3\n")]
    [InlineData("a,b\n1,\"2\"\"\n")]
    [InlineData("a,b\n1,\"2\" \n")]
    public void A_quote_in_the_wrong_place_is_named(string text) => Assert.Equal(2, CsvText.Fails(text).Line);

    [Theory]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void A_very_long_cell_is_cut_in_the_message(int length)
    {
        var error = CsvText.Fails($"a,b\n1,{new string('x', length)}\n");
        Assert.Equal(2, error.Line);
        Assert.InRange(error.Message.Length, 60, 400);
        Assert.Contains($"({length} characters)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_message() =>
        Assert.Contains("'\\u001b[31m' is not a number", CsvText.Fails("a\n\u001b[31m\n").Message, StringComparison.Ordinal);

    [Fact]
    public void Binary_data_is_refused()
    {
        var random = new Random(7);
        for (int i = 0; i < 50; i++)
        {
            var garbage = new byte[20_000];
            random.NextBytes(garbage);
            Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(garbage)));
            Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream([0x1F, 0x8B, .. garbage])));
        }
    }

    [Fact]
    public void Gzip_data_that_is_cut_off_anywhere_is_refused()
    {
        byte[] packed = CsvText.Gzip(Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i},{i * 7919 % 1000}\n"))));
        Assert.Equal(3000, FeatureMatrix.LoadCsv(new MemoryStream(packed)).RowCount);
        for (int length = 2; length < packed.Length; length += length < 60 || length > packed.Length - 60 ? 1 : 97)
        {
            var error = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(packed[..length])));
            Assert.Contains("gzip", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Errors_of_gzip_files_reach_the_reading_thread()
    {
        byte[] text = Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},{i * 7919L % 100_003}\n")));
        byte[] packed = CsvText.Gzip(text);
        using (var whole = new TemporaryFile(packed, ".csv.gz"))
        {
            Assert.Equal(200_000, FeatureMatrix.LoadCsv(whole.FilePath).RowCount);
            // Closed in the middle: neither a hang nor a locked file.
            using var reader = CsvFeatureReader.Open(whole.FilePath);
            Assert.Equal(10, reader.ReadBatch(10)!.RowCount);
        }

        using (var cut = new TemporaryFile(packed.AsSpan(0, packed.Length - 3), ".csv.gz"))
        {
            var error = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(cut.FilePath));
            Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
            Assert.Equal(cut.FilePath, error.Path);
        }

        using (var broken = new TemporaryFile(CsvText.Gzip([.. text, .. "1,x\n1,1\n"u8]), ".csv"))
            Assert.Equal(200_002, Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(broken.FilePath)).Line);
    }

    [Fact]
    public void Corrupt_gzip_data_is_refused()
    {
        byte[] packed = CsvText.Gzip("a,b\n1,2\n"u8);
        packed[^6] ^= 1;
        Assert.Contains("gzip", Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(packed))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_file_named_gz_is_refused()
    {
        using var file = new TemporaryFile("a\n1\n"u8, ".csv.gz");
        Assert.Contains("1F 8B", Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(file.FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_keeps_its_own_exception() =>
        Assert.Throws<FileNotFoundException>(() => FeatureMatrix.LoadCsv(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));

    [Fact]
    public void A_blank_line_between_the_rows_of_a_single_column_is_an_empty_cell()
    {
        Assert.Equal(3, CsvText.Fails("a\n1\n\n2\n").Line);
        Assert.Equal(2, CsvText.Load("a\n1\n2\n\n\n").RowCount);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvOptions { Delimiter = '5' });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvOptions { Delimiter = '"' });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvOptions { MaxRows = 0 });
        Assert.Throws<ArgumentException>(() => new CsvOptions { Columns = [] });
        Assert.Throws<ArgumentException>(() => new CsvOptions { Columns = ["a", "a"] });
        Assert.Throws<ArgumentException>(() => new CsvOptions { Columns = [" "] });
        Assert.Throws<ArgumentException>(() => new CsvOptions { AnomalyLabels = new HashSet<string>() });
        Assert.Throws<ArgumentException>(() => new CsvOptions { ColumnOffsets = new Dictionary<string, double> { ["a"] = double.NaN } });
        Assert.Throws<ArgumentException>(() => CsvText.Load("a,b\n1,2\n", "b", new CsvOptions { Columns = ["a", "b"] }));
        Assert.Throws<ArgumentException>(() => CsvText.Load("a,b\n1,2\n", "b", new CsvOptions { IgnoreColumns = ["b"] }));
        Assert.Throws<ArgumentException>(() => CsvFeatureReader.Open(
            CsvText.Stream("a\n1\n"), schema: new FeatureSchema(["a"]), options: new CsvOptions { Columns = ["a"] }));
    }
}
