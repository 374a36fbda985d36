using System.Text;

namespace AnomalyKit.Tests.Csv;

/// <summary>Files as people have them: what is read, and what an error says.</summary>
public class CsvMessyFileTests
{
    [Theory]
    [InlineData("\u22125", "U+2212 (minus sign)")]
    [InlineData("1\u00A0234", "U+00A0 (no-break space)")]
    [InlineData("\u00A05", "U+00A0 (no-break space)")]
    [InlineData("5\u00A0", "U+00A0 (no-break space)")]
    [InlineData("\uFEFF5", "U+FEFF (byte order mark)")]
    [InlineData("1\u202F234", "U+202F (narrow no-break space)")]
    [InlineData("5\u200B", "U+200B (zero width space)")]
    [InlineData("\u20135", "U+2013 (en dash)")]
    [InlineData("1\u2019234", "U+2019 (right single quotation mark)")]
    [InlineData("1\u066B5", "U+066B (Arabic decimal separator)")]
    [InlineData("\uFF15", "U+FF15 (a digit of another script)")]
    [InlineData("\u0665", "U+0665 (a digit of another script)")]
    [InlineData("5\u20AC", "U+20AC (euro sign)")]
    [InlineData("1\u04355", "U+0435 (a letter that is not ASCII)")]
    [InlineData("\U0001D7D3", "U+1D7D3 (a digit of another script)")]
    public void A_look_alike_character_is_named_by_its_code_and_name(string cell, string named)
    {
        var error = CsvText.Fails($"a,b\n1,2\n3,{cell}\n");
        Assert.Equal(3, error.Line);
        Assert.Equal("b", error.ColumnName);
        Assert.Contains("is not a number", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        if (cell[0] != '\u00A0' && cell[^1] != '\u00A0')
            Assert.Contains(named, CsvText.Fails($"a,Class\n1,0\n3,{cell}\n", "Class").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invisible_characters_of_names_are_shown()
    {
        var error = CsvText.Fails("a,Class\u200B\n1,0\n", "Class");
        Assert.Contains("Class\\u200b", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("?")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("None")]
    [InlineData("\\N")]
    [InlineData("#N/A")]
    [InlineData(" NA ")]
    [InlineData("\"NA\"")]
    public void Marks_of_missing_values_are_known(string mark)
    {
        var error = CsvText.Fails($"a,b\n1,2\n3,{mark}\n");
        Assert.Equal((3L, "b"), (error.Line, error.ColumnName));
        Assert.Contains("missing value", error.Message, StringComparison.Ordinal);
        Assert.Contains("BadRows", error.Message, StringComparison.Ordinal);
        var label = CsvText.Fails($"a,Class\n1,0\n3,{mark}\n", "Class");
        Assert.Contains("missing", label.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sep=;\na;b\n1,5;2\n")]
    [InlineData("sep=;\r\na;b\r\n1,5;2\r\n")]
    [InlineData("SEP=;\ra;b\r1,5;2\r")]
    [InlineData("\"sep=;\"\r\na;b\n1,5;2\n")]
    [InlineData("\uFEFFsep=;\r\na;b\r\n1,5;2\r\n")]
    public void The_separator_line_of_Excel_is_obeyed(string text)
    {
        // A comma is no delimiter here, though the file has more of them than semicolons.
        var error = CsvText.Fails(text);
        Assert.Equal((3L, "a", "1,5"), (error.Line, error.ColumnName, error.Value));
        var matrix = CsvText.Load(text.Replace(",5", ".5", StringComparison.Ordinal));
        Assert.Equal(["a", "b"], matrix.Schema.ColumnNames);
        Assert.Equal([1.5f, 2f], CsvText.Cells(matrix));
    }

    [Fact]
    public void The_separator_line_names_any_delimiter_and_yields_to_the_option()
    {
        Assert.Equal([1f, 2f], CsvText.Cells(CsvText.Load("sep=^\na^b\n1^2\n")));
        Assert.Equal([1f, 2f], CsvText.Cells(CsvText.Load("sep=\t\na\tb\n1\t2\n")));
        Assert.Equal([1f, 2f], CsvText.Cells(CsvText.Load("sep=;\na|b\n1|2\n", options: new CsvOptions { Delimiter = '|' })));
        Assert.Equal([1f, 2f], CsvText.Cells(CsvText.Load("sep=;\n1;2\n", options: new CsvOptions { HasHeader = false })));
        Assert.Contains("is empty", CsvText.Fails("sep=;").Message, StringComparison.Ordinal);
        Assert.Equal(["sep=a"], CsvText.Load("sep=a\n1\n").Schema.ColumnNames);
    }

    [Theory]
    [InlineData("a b c\n1 2 3\n")]
    [InlineData("  a   b   c\n  1\t 2   3  \n")]
    [InlineData("1 2 3\n4 5 6\n")]
    public void Tables_aligned_with_spaces_are_recognised(string text) =>
        Assert.Contains("Delimiter to ' '", CsvText.Fails(text).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_column_of_such_a_table_is_explained() =>
        Assert.Contains("Delimiter to ' '", CsvText.Fails("a b Class\n1 2 0\n", "Class").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a b Class\n1 2 0\n3 4 1\n")]
    [InlineData("  a   b\tClass  \r\n   1   2 \t 0\r\n\r\n 3   4   1")]
    [InlineData("\"a\" b Class\n\"1\" 2 0\n3  \"4\"   \"1\"\n")]
    public void Tables_aligned_with_spaces_are_read(string text)
    {
        var options = new CsvOptions { Delimiter = ' ' };
        foreach (var stream in new[] { CsvText.Stream(text), new TrickleStream(Encoding.UTF8.GetBytes(text), 1) })
        {
            var matrix = FeatureMatrix.LoadCsv(stream, "Class", options: options);
            Assert.Equal(["a", "b"], matrix.Schema.ColumnNames);
            Assert.Equal([1f, 2f, 3f, 4f], CsvText.Cells(matrix));
            Assert.Equal([false, true], matrix.Labels.ToArray());
        }
    }

    [Fact]
    public void Quotes_keep_spaces_and_lines_keep_their_numbers_in_such_tables()
    {
        var options = new CsvOptions { Delimiter = ' ' };
        Assert.Equal(["a  x", "b \" c"], CsvText.Load("  \"a  x\"   \"b \"\" c\"\n1 2\n", options: options).Schema.ColumnNames);
        var error = CsvText.Fails("a b\n1  2\n\n  3   x\n", options: options);
        Assert.Equal((4L, "b", "x"), (error.Line, error.ColumnName, error.Value));
    }

    [Fact]
    public void Names_that_are_no_utf8_are_explained_and_read_with_their_encoding()
    {
        byte[] text = Encoding.Latin1.GetBytes("Größe,b,Class\n1,2,0\n");
        var error = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(text), "Class"));
        Assert.Equal((1L, 0), (error.Line, error.Column));
        Assert.Contains("U+FFFD", error.Message, StringComparison.Ordinal);
        Assert.Contains("CsvOptions.Encoding", error.Message, StringComparison.Ordinal);
        var unknown = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(text), "Größe"));
        Assert.Contains("CsvOptions.Encoding", unknown.Message, StringComparison.Ordinal);
        var options = new CsvOptions { Encoding = Encoding.Latin1 };
        Assert.Equal(["Größe", "b"], FeatureMatrix.LoadCsv(new MemoryStream(text), "Class", options: options).Schema.ColumnNames);
        Assert.Equal(["b"], FeatureMatrix.LoadCsv(new MemoryStream(text), "Class", options: new CsvOptions { Columns = ["b"] }).Schema.ColumnNames);
        // Said to be UTF-8, it is taken as it comes.
        Assert.Equal(["Gr\uFFFD\uFFFDe", "b"], FeatureMatrix.LoadCsv(new MemoryStream(text), "Class", options: new CsvOptions { Encoding = Encoding.UTF8 }).Schema.ColumnNames);
    }

    [Fact]
    public void Cells_and_labels_that_are_no_utf8_are_explained()
    {
        var cell = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(Encoding.Latin1.GetBytes("a\n5°\n"))));
        Assert.Contains("U+FFFD (replacement character)", cell.Message, StringComparison.Ordinal);
        Assert.Contains("CsvOptions.Encoding", cell.Message, StringComparison.Ordinal);
        byte[] text = Encoding.Latin1.GetBytes("a,Class\n1,böse\n2,gut\n");
        var anomalies = new CsvOptions { AnomalyLabels = new HashSet<string> { "böse" } };
        var label = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(text), "Class", options: anomalies));
        Assert.Contains("CsvOptions.Encoding", label.Message, StringComparison.Ordinal);
        Assert.Equal([true, false], FeatureMatrix.LoadCsv(new MemoryStream(text), "Class", options: anomalies with { Encoding = Encoding.Latin1 }).Labels.ToArray());
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Byte_order_marks_tell_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] text = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\n1,2\n")];
        foreach (var options in new[] { new CsvOptions(), new CsvOptions { Encoding = Encoding.Latin1 } })
            Assert.Equal(["größe", "b"], FeatureMatrix.LoadCsv(new MemoryStream(text), options: options).Schema.ColumnNames);
    }

    [Theory]
    [InlineData("utf-16", "Encoding.Unicode")]
    [InlineData("utf-16BE", "Encoding.BigEndianUnicode")]
    public void Utf16_without_a_mark_is_recognised_and_read_with_the_option(string name, string named)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("a,b\n1,2\n");
        var error = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new MemoryStream(text)));
        Assert.Contains(named + ".", error.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 2f], CsvText.Cells(FeatureMatrix.LoadCsv(new MemoryStream(text), options: new CsvOptions { Encoding = encoding })));
    }

    [Theory]
    [InlineData("\uFEFF\uFEFFa,b\n1,2\n")]
    [InlineData("\uFEFF\uFEFF\"a\",b\n1,2\n")]
    public void A_second_byte_order_mark_goes_too(string text) => Assert.Equal(["a", "b"], CsvText.Load(text).Schema.ColumnNames);

    [Theory]
    [InlineData("\"a\", \"b\", \"Class\"\n\"1\", \"2\", \"0\"\n\"3\",\"4\", \"1\" \n")]
    [InlineData("a, \"b\",\t\"Class\"\n1, \"2\", \"false\"\n3, \" 4 \", \"true\"\n")]
    public void A_space_before_a_quote_is_read(string text)
    {
        var matrix = CsvText.Load(text, "Class");
        Assert.Equal(["a", "b"], matrix.Schema.ColumnNames);
        Assert.Equal([1f, 2f, 3f, 4f], CsvText.Cells(matrix));
        Assert.Equal([false, true], matrix.Labels.ToArray());
        string words = text.Replace("\"1\" ", "\"bad\" ", StringComparison.Ordinal).Replace("true", "bad", StringComparison.Ordinal);
        Assert.Equal([false, true], CsvText.Load(words, "Class", new CsvOptions { AnomalyLabels = new HashSet<string> { "bad" } }).Labels.ToArray());
    }

    [Fact]
    public void A_space_before_a_quote_with_a_delimiter_inside_is_named()
    {
        var error = CsvText.Fails("a,b\n1,2\n1, \"2,5\"\n");
        Assert.Equal(3, error.Line);
        Assert.Contains("There is a space before the quote", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decimal_comma_is_never_a_thousands_separator()
    {
        Assert.Equal((2L, "x", "1,5"), (CsvText.Fails("x;y\n1,5;2\n").Line, CsvText.Fails("x;y\n1,5;2\n").ColumnName, CsvText.Fails("x;y\n1,5;2\n").Value));
        Assert.Equal(2, CsvText.Fails("x;y\n1,234;2\n").Line);
    }

    [Fact]
    public void Both_places_of_a_repeated_name_are_named()
    {
        var error = CsvText.Fails("id,value,value\n1,2,3\n");
        Assert.Contains("columns 1 and 2", error.Message, StringComparison.Ordinal);
        Assert.Equal("value", error.ColumnName);
    }

    [Fact]
    public void A_number_late_in_a_long_file_is_read_as_strictly_as_the_first()
    {
        string rows = string.Concat(Enumerable.Repeat("5\n", 30_000));
        Assert.Equal(10.7f, CsvText.Load("a\n" + rows + "10.7\n").Cells(30_000)[0]);
        Assert.Equal((30_002L, "11.0.1"), (CsvText.Fails("a\n" + rows + "11.0.1\n").Line, CsvText.Fails("a\n" + rows + "11.0.1\n").Value));
    }

    [Fact]
    public async Task Files_are_loaded_on_another_thread_too()
    {
        using var file = new TemporaryFile("a,b\n1,2\n"u8, ".csv");
        var matrix = await FeatureMatrix.LoadCsvAsync(file.FilePath);
        Assert.Equal("1 2", string.Join(' ', CsvText.Cells(matrix)));
        await Assert.ThrowsAsync<CsvFormatException>(() => FeatureMatrix.LoadCsvAsync(file.FilePath, "c"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FeatureMatrix.LoadCsvAsync(file.FilePath, cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public async Task A_reader_is_closed_asynchronously()
    {
        byte[] packed = CsvText.Gzip(Encoding.ASCII.GetBytes("a\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i % 9973}\n"))));
        using var file = new TemporaryFile(packed, ".csv.gz");
        var reader = CsvFeatureReader.Open(file.FilePath);
        Assert.Equal(10, reader.ReadBatch(10)!.RowCount);
        await reader.DisposeAsync();
        await reader.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => reader.ReadBatch(1));
        // Nothing holds the file any more.
        using (File.Open(file.FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
        }

        var stream = new TrickleStream("a\n1\n"u8.ToArray());
        await CsvFeatureReader.Open(stream, leaveOpen: true).DisposeAsync();
        Assert.False(stream.IsDisposed);
        stream = new TrickleStream("a\n1\n"u8.ToArray());
        await CsvFeatureReader.Open(stream).DisposeAsync();
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public void No_rows_stay_labelled()
    {
        var matrix = CsvText.Load("a,Class\n", "Class");
        Assert.True(matrix.HasLabels);
        Assert.False(CsvText.Load("a,Class\n").HasLabels);
    }
}
