using System.Text;
using AnomalyKit.Tests.Csv;

namespace AnomalyKit.Tests.Tables;

public sealed class CsvTableTests
{
    [Fact]
    public void An_empty_number_is_missing_and_not_zero()
    {
        var table = TableText.Load("age,amt\n,5\n0,5\n31,5\n");
        Assert.Equal([null, "0", "31"], table.Cells("age"));
        Assert.Equal(1, table["age"].MissingCount);
    }

    [Fact]
    public void Words_that_look_missing_stay_words()
    {
        const string Text = "country,n\nNA,1\n\"NA\",2\n,3\nDE,4\n";
        Assert.Equal(["NA", "NA", null, "DE"], TableText.Load(Text).Cells("country"));
        var marked = TableText.Load(Text, options: new CsvTableOptions { MissingCategoryMarks = ["NA"] });
        Assert.Equal([null, "NA", null, "DE"], marked.Cells("country"));
        Assert.Equal(["none", "", null], TableText.Load("w,n\nnone,1\n\"\",2\n,nan\n").Cells("w"));
    }

    [Fact]
    public void Every_documented_mark_is_missing_in_a_column_of_numbers()
    {
        string text = "x,y\n1.5,0\n" + string.Concat(CsvTableOptions.DefaultMissingMarks.Select(mark => $"{mark},0\n{mark.ToUpperInvariant()},0\n"));
        var column = TableText.Load(text)["x"];
        Assert.Equal(2 * CsvTableOptions.DefaultMissingMarks.Count, column.MissingCount);
        Assert.False(column.IsMissing(0));
    }

    [Fact]
    public void Marks_may_look_like_numbers()
    {
        var options = new CsvTableOptions { MissingMarks = ["-999", "9999-12-31", "no"] };
        var table = TableText.Load("x,t,yes\n1,2026-01-01,yes\n-999,9999-12-31,no\n", options: options);
        Assert.Equal("x: number, t: date and time, yes: boolean", table.Schema.ToString());
        Assert.All(table.Columns, column => Assert.Equal((false, true), (column.IsMissing(0), column.IsMissing(1))));
        Assert.Equal(["1", null], TableText.Load("x,y\n1,0\n-999,0\n", TableText.Kinds(("x", ColumnKind.Number)), options).Cells("x"));
    }

    [Fact]
    public void Columns_are_bound_by_name()
    {
        var layout = new TableLayout { Columns = ["a", "b"], IdColumns = ["id"], LabelColumn = "bad" };
        var first = TableText.Load("id,a,b,bad\nx,1,1000\u002C0\n", layout);
        var second = TableText.Load("b,bad,extra,id,a\n1000,0,7,x,1\n", layout);
        Assert.Equal(first.Schema, second.Schema);
        Assert.Equal("id: category (id), a: number, b: number, bad: number (label)", first.Schema.ToString());
        Assert.Equal(first.Cells("b"), second.Cells("b"));
        var e = TableText.Fails("a,id,bad\n1,x,0\n", layout);
        Assert.Equal("There is no column 'b'. The columns are: a, id, bad.", e.Message);
    }

    [Fact]
    public void Repeated_names_are_refused_or_numbered_but_never_lost()
    {
        const string Text = "id,value,value,value_2,value\n1,2,3,4,5\n";
        Assert.Contains("both named 'value'", TableText.Fails(Text).Message, StringComparison.Ordinal);
        var table = TableText.Load(Text, options: new CsvTableOptions { RepeatedNames = CsvRepeatedNames.Number });
        Assert.Equal(["id", "value", "value_3", "value_2", "value_4"], table.Columns.Select(column => column.Name));
        Assert.Equal(["id"], TableText.Load(Text, new TableLayout { Columns = ["id"] }).Columns.Select(column => column.Name));
    }

    [Fact]
    public void Names_that_are_blank_are_positions_and_change_no_kind()
    {
        var table = TableText.Load(",a,,a\n1,x,2.5,7\n", options: new CsvTableOptions { RepeatedNames = CsvRepeatedNames.Number });
        Assert.Equal("f0: number, a: category, f2: number, a_2: number", table.Schema.ToString());
    }

    [Fact]
    public void Quoted_cells_keep_spaces_and_lines_and_others_do_not()
    {
        var table = TableText.Load("a,b\r\n\" x \",1\r\n  y z ,\" 2 \"\r\n\"line\nbreak \"\"q\"\"\",3\r\n, \"4\"\r\n");
        Assert.Equal([" x ", "y z", "line\nbreak \"q\"", null], table.Cells("a"));
        Assert.Equal(["1", "2", "3", "4"], table.Cells("b"));
        var e = TableText.Fails("a,b\n\"x\ny\",1\nz,oops\n", TableText.Kinds(("b", ColumnKind.Number)));
        Assert.Contains("line 4, column 'b'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFa;b\n1;2\n")]
    [InlineData("sep=;\na;b\n1;2\n")]
    [InlineData("\"sep=;\"\r\na;b\r\n1;2\r\n")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a|b\n1|2\n")]
    [InlineData("\n\na,b\n\n1,2\n\n")]
    [InlineData("\"a\",\"b\"\n1,2")]
    public void Dialects_are_recognised(string text)
    {
        var table = TableText.Load(text);
        Assert.Equal("a: number, b: number", table.Schema.ToString());
        Assert.Equal(1, table.RowCount);
    }

    [Fact]
    public void Commas_in_quotes_do_not_make_the_delimiter() =>
        Assert.Equal(["a,b,c", "d"], TableText.Load("\"a,b,c\";d\n1;2\n").Columns.Select(column => column.Name));

    [Fact]
    public void Comments_are_left_out_and_keep_the_count_of_lines()
    {
        var options = new CsvTableOptions { Comment = '#' };
        const string Text = "# it's a \"statement, with, commas\na;b\n# one\n1;x\n2;#y\n\n# two\noops;z\n";
        var table = TableText.Load(Text, options: options);
        Assert.Equal(["x", "#y", "z"], table.Cells("b"));
        var e = TableText.Fails(Text, TableText.Kinds(("a", ColumnKind.Number)), options);
        Assert.Contains("line 8, column 'a': 'oops'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spaces_can_separate()
    {
        var table = TableText.Load("  n   word\n  1   a\n 22  \"b c\"\n", options: new CsvTableOptions { Delimiter = ' ' });
        Assert.Equal(["1", "22"], table.Cells("n"));
        Assert.Equal(["a", "b c"], table.Cells("word"));
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("iso-8859-2")]
    [InlineData("windows-1250")]
    [InlineData("utf-16")]
    [InlineData("shift_jis")]
    public void Encodings_have_names(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        string word = encoding.GetString(encoding.GetBytes("Zürich日本"));
        using var reader = CsvTableReader.Open(new MemoryStream(encoding.GetBytes($"city,n\n{word},1\n")), options: new CsvTableOptions { EncodingName = name });
        Assert.Equal([word], reader.ReadAll().Cells("city"));
        Assert.Contains("There is no encoding called 'klingon'", Assert.Throws<ArgumentException>(() => new CsvTableOptions { EncodingName = "klingon" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_does_not_decode_is_refused()
    {
        using var reader = CsvTableReader.Open(new MemoryStream(Encoding.Latin1.GetBytes("city,n\nBern,1\nZürich,2\n")));
        Assert.Equal(1, reader.ReadBatch(10)!.RowCount);
        var e = Assert.Throws<TableDataException>(() => reader.ReadBatch(10));
        Assert.Contains("line 3, column 'city'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Set CsvTableOptions.Encoding", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_is_recognised_from_streams_and_files()
    {
        byte[] packed = CsvText.Gzip("a,b\n1,x\n2,y\n"u8);
        using var file = new TemporaryFile(packed, ".csv.gz");
        using var reader = CsvTableReader.Open(file.FilePath);
        Assert.Equal(["x", "y"], reader.ReadAll().Cells("b"));
        Assert.Contains(
            "cut off",
            Assert.Throws<TableDataException>(() =>
            {
                using var cut = CsvTableReader.Open(new MemoryStream(packed[..^6]));
                return cut.ReadAll();
            }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_column_has_a_row_for_every_line()
    {
        Assert.Equal(["1", null, null, "2", null], TableText.Load("x\n1\n\n\n2\n\n").Cells("x"));
        Assert.Equal(["a", null], TableText.LoadOnce("x\na\n\n").Cells("x"));
        var e = TableText.Fails("x\n1\n\n\noops\n", TableText.Kinds(("x", ColumnKind.Number)));
        Assert.Equal((3L, 5L), (e.Row, ((CsvFormatException)e.InnerException!).Line));
    }

    [Fact]
    public void Bad_rows_are_counted_and_reported_up_to_a_limit()
    {
        var skipped = new List<CsvBadRow>();
        var options = new CsvTableOptions { BadRows = CsvBadRows.Skip, MaxSkippedRows = 3, BadRowReport = skipped.Add };
        var layout = TableText.Kinds(("a", ColumnKind.Number), ("b", ColumnKind.DateTime));
        const string Text = "a,b\n1,2026-01-01\nx,2026-01-01\n2,never\n3\n4,2026-01-02\n";
        using var reader = CsvTableReader.Open(CsvText.Stream(Text), layout, options);
        var table = reader.ReadAll();
        Assert.Equal(["1", "4"], table.Cells("a"));
        Assert.Equal(3, reader.SkippedRowCount);
        Assert.Equal([(3, "a", "x"), (4, "b", "never"), (5L, "b", null)], skipped.Select(row => (row.Line, row.ColumnName!, row.Text)));
        Assert.Equal(5, table.RowCount + skipped.Count);

        var e = TableText.Fails(Text + "5,soon\n", layout, options);
        Assert.EndsWith("3 bad rows were skipped before it, the most that CsvTableOptions.MaxSkippedRows allows.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_row_costs_no_other_row()
    {
        using var reader = CsvTableReader.Open(CsvText.Stream("a,w\n1,x\n2,y\noops,z\n4,u\n"), TableText.Kinds(("a", ColumnKind.Number)));
        Assert.Equal(["x", "y"], reader.ReadBatch(10)!.Cells("w"));
        Assert.Equal(2, Assert.Throws<TableDataException>(() => reader.ReadBatch(10)).Row);
        Assert.Equal(["u"], reader.ReadBatch(10)!.Cells("w"));
        Assert.Null(reader.ReadBatch(10));
        Assert.Equal(3, reader.RowCount);
    }

    [Fact]
    public void Short_rows_are_refused_quoted_or_not()
    {
        foreach (string row in new[] { "1,2", "\"1\",\"2\"" })
            Assert.Contains("the row has 2 cells, the header 3", TableText.Fails($"a,b,c\n{row}\n").Message, StringComparison.Ordinal);
        Assert.Contains("The first one too many is '3'", TableText.Fails("a,b\n1,2,3\n").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_share_the_words_that_they_know()
    {
        string text = "w,n\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"word{i % 7},{i}\n"));
        using var reader = CsvTableReader.Open(CsvText.Stream(text));
        var first = (CategoryColumn)reader.ReadBatch(1000)!["w"];
        var second = (CategoryColumn)reader.ReadBatch(1000)!["w"];
        Assert.Equal(7, first.Levels.Count);
        Assert.Same(first.Levels, second.Levels);
        Assert.Equal("word6", second.Text(0));
    }

    [Fact]
    public void Free_text_does_not_pile_up()
    {
        string text = "w,n\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"text {i},{i}\n"));
        using var reader = CsvTableReader.Open(CsvText.Stream(text));
        int most = 0;
        while (reader.ReadBatch(1000) is { } batch)
        {
            most = Math.Max(most, ((CategoryColumn)batch["w"]).Levels.Count);
            Assert.Equal($"text {reader.RowCount - 1}", batch["w"].Text(batch.RowCount - 1));
        }

        Assert.InRange(most, 1000, 20_000);
    }

    [Fact]
    public void A_file_of_a_header_has_columns_and_no_rows()
    {
        var table = TableText.Load("a,b\n", TableText.Kinds(("b", ColumnKind.Category)));
        Assert.Equal("a: number, b: category", table.Schema.ToString());
        Assert.Equal(0, table.RowCount);
        Assert.Contains("the file is empty", TableText.Fails("").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_reading_gives_no_more()
    {
        using var reader = CsvTableReader.Open(CsvText.Stream("a\n1\n2\n"));
        Assert.Throws<OperationCanceledException>(() => reader.ReadBatch(1, new CancellationToken(canceled: true)));
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(1));
    }

    [Fact]
    public async Task Batches_come_asynchronously()
    {
        await using var reader = CsvTableReader.Open(CsvText.Stream("a,b\n1,x\n2,y\n3,z\n"));
        var words = new List<string?>();
        await foreach (var batch in reader.ReadBatchesAsync(2))
            words.AddRange(batch.Cells("b"));
        Assert.Equal(["x", "y", "z"], words);
    }

    [Fact]
    public void Options_are_compared_by_content()
    {
        var options = new CsvTableOptions { CurrencySigns = ["€"], MissingMarks = ["?"] };
        Assert.Equal(options, new CsvTableOptions { CurrencySigns = ["€"], MissingMarks = ["?"] });
        Assert.NotEqual(options, options with { DecimalSeparator = ',' });
        Assert.Throws<ArgumentException>(() => new CsvTableOptions { CurrencySigns = ["1"] });
        Assert.Throws<ArgumentException>(() => TableText.Load("a\n1\n", options: new CsvTableOptions { DecimalSeparator = ',', ThousandsSeparator = ',' }));
        Assert.Throws<ArgumentException>(() => TableText.Load("a\n1\n", options: new CsvTableOptions { TrueWords = ["x"], FalseWords = ["X"] }));
    }
}
