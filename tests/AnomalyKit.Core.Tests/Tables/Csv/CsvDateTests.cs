using System.Globalization;
using System.Text.RegularExpressions;

namespace AnomalyKit.Tests.Tables;

/// <summary>Dates that are not written as ISO 8601 writes them: refused with the format that reads them, never taken for words.</summary>
public sealed partial class CsvDateTests
{
    [Theory]
    [InlineData("01.03.2026 00:00|24.07.2026 20:00", "dd.MM.yyyy HH:mm")]
    [InlineData("1.3.2026|24.12.2026", "d.M.yyyy")]
    [InlineData("01.02.2026|02.03.2026", "dd.MM.yyyy")]
    [InlineData("12.31.2026|01.02.2026", "MM.dd.yyyy")]
    [InlineData("01.03.26|24.07.26", "dd.MM.yy")]
    [InlineData("1.3.26 7:05|24.7.26 20:00", "d.M.yy H:mm")]
    [InlineData("01.03.2026|24.07.2026 20:00|24.07.2026 20:00:09", "dd.MM.yyyy|dd.MM.yyyy HH:mm|dd.MM.yyyy HH:mm:ss")]
    [InlineData("01.03.2026, 14:05:09.123", "dd.MM.yyyy, HH:mm:ss.FFFFFFF")]
    [InlineData("01.03.2026T14:05:09Z|01.03.2026T14:05:09+01:00", "dd.MM.yyyyTHH:mm:ssK")]
    [InlineData("28.11.2026 01:00 +02:00", "dd.MM.yyyy HH:mm zzz")]
    [InlineData("28/11/2026 14:05|01/02/2026 00:00", "dd/MM/yyyy HH:mm")]
    [InlineData("11/28/2026 02:05 PM|01/02/2026 11:00 am", "MM/dd/yyyy hh:mm tt")]
    [InlineData("11/28/26|1/2/26", "M/d/yy")]
    [InlineData("28-11-2026|01-02-2026", "dd-MM-yyyy")]
    [InlineData("2026/11/28|2026/01/02", "yyyy/MM/dd")]
    [InlineData("2026.1.2|2026.11.28", "yyyy.M.d")]
    [InlineData("20261128 14:05:09|20260102 00:00:00", "yyyyMMdd HH:mm:ss")]
    [InlineData("2026-11-28 2:05 PM", "yyyy-M-d h:mm tt")]
    [InlineData("28-NOV-26|01-JAN-26", "dd-MMM-yy")]
    [InlineData("1 May 2026|28 May 2026", "d MMM yyyy")]
    [InlineData("Nov 28, 2026 14:05|May 1, 2026 7:05", "MMM d, yyyy H:mm")]
    [InlineData("2026-11-28|2026-11-28T14:05|28.11.2026", "dd.MM.yyyy")]
    [InlineData("|01.03.2026 00:00|NA", "dd.MM.yyyy HH:mm")]
    public void Dates_in_another_form_are_refused_with_the_format_that_reads_them(string cells, string formats)
    {
        string text = $"Zeit;x\n{string.Join('\n', cells.Split('|').Select(cell => cell + ";1"))}\n";
        var e = TableText.Fails(text);
        Assert.Equal("Zeit", e.ColumnName);
        Assert.Contains("looks like a date", e.Message, StringComparison.Ordinal);
        Assert.Contains("declare the column a category (TableLayout.Kinds)", e.Message, StringComparison.Ordinal);
        string[] named = FormatsOf(e.Message);
        Assert.Equal(formats.Split('|'), named);

        // The remedy is one.
        var read = TableText.Load(text, options: new CsvTableOptions { DateFormats = named });
        Assert.Equal(ColumnKind.DateTime, read.Schema.Fields[0].Kind);

        // A format that does not read them does not hide them.
        var other = TableText.Fails(text, options: new CsvTableOptions { DateFormats = ["dd_MM_yyyy HH"] });
        Assert.Equal(["dd_MM_yyyy HH", .. named], FormatsOf(other.Message));
    }

    [Theory]
    [InlineData("01/02/2026|12/11/2026", "dd/MM/yyyy", "MM/dd/yyyy")]
    [InlineData("1/2/26 7:05|12/11/26 14:00", "d/M/yy H:mm", "M/d/yy H:mm")]
    [InlineData("01-02-2026", "dd-MM-yyyy", "MM-dd-yyyy")]
    public void Where_day_and_month_cannot_be_told_apart_both_are_named(string cells, string dayFirst, string monthFirst)
    {
        string message = TableText.Fails($"d;x\n{string.Join('\n', cells.Split('|').Select(cell => cell + ";1"))}\n").Message;
        Assert.Contains($"CsvTableOptions.DateFormats = [\"{dayFirst}\"] if the day comes first, or CsvTableOptions.DateFormats = [\"{monthFirst}\"] if the month comes first", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01.03.2026|unknown")]
    [InlineData("01.03.2026|32.03.2026")]
    [InlineData("01.03.2026|01/03/2026")]
    [InlineData("31/12/2026|12/31/2026")]
    [InlineData("1.2.10|1.10.12")]
    [InlineData("1-2-10|3-4-11")]
    [InlineData("192.168.0.1|10.0.0.1")]
    [InlineData("2026-02-30|2026-02-28")]
    [InlineData("14:05|15:00")]
    [InlineData("May|June")]
    [InlineData("03/2026|04/2026")]
    [InlineData("20261128|x")]
    public void What_does_not_look_like_a_date_throughout_stays_a_category(string cells) =>
        Assert.Equal(ColumnKind.Category, TableText.Load($"d;x\n{string.Join('\n', cells.Split('|').Select(cell => cell + ";1"))}\n").Schema.Fields[0].Kind);

    [Fact]
    public void Columns_that_nobody_learns_dates_from_are_not_refused()
    {
        const string Text = "d;x\n01.03.2026;1\n02.03.2026;2\n";
        Assert.Equal(["01.03.2026", "02.03.2026"], TableText.Load(Text, TableText.Kinds(("d", ColumnKind.Category))).Cells("d"));
        Assert.Equal(["01.03.2026", "02.03.2026"], TableText.Load(Text, new TableLayout { IdColumns = ["d"] }).Cells("d"));
        Assert.Equal(["01.03.2026", "02.03.2026"], TableText.Load(Text, new TableLayout { LabelColumn = "d" }).Cells("d"));
        Assert.Single(TableText.Load(Text, new TableLayout { IgnoredColumns = ["d"] }).Columns);
        Assert.Single(TableText.Load(Text, new TableLayout { Columns = ["x"] }).Columns);
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        string[] cells = ["01/02/2026", "28/11/2026 14:05", "", "3/4/2026", "NA"];
        string Text(IEnumerable<string> rows) => $"d;x\n{string.Join('\n', rows.Select(cell => cell + ";1"))}\n";
        string[] forward = FormatsOf(TableText.Fails(Text(cells)).Message);
        Assert.Equal(["d/M/yyyy", "d/M/yyyy H:mm"], forward);
        Assert.Equal(forward, FormatsOf(TableText.Fails(Text(cells.Reverse())).Message));
    }

    [Fact]
    public void A_declared_date_in_another_form_is_refused_with_its_format_first()
    {
        var dates = TableText.Kinds(("d", ColumnKind.DateTime));
        string message = TableText.Fails("d;x\n24.07.2026 20:00;1\n", dates).Message;
        Assert.Contains("Say how the dates are written: CsvTableOptions.DateFormats = [\"dd.MM.yyyy HH:mm\"]. Otherwise, correct it", message, StringComparison.Ordinal);
        Assert.True(message.IndexOf("DateFormats", StringComparison.Ordinal) < message.IndexOf("BadRows", StringComparison.Ordinal));
        message = TableText.Fails("d;x\nyesterday;1\n", dates).Message;
        Assert.Contains("If it is a date in another form, name the format with CsvTableOptions.DateFormats. Otherwise, correct it", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_number_in_another_form_is_refused_with_its_option_first()
    {
        string message = TableText.Fails("n;x\n1,5;1\n", TableText.Kinds(("n", ColumnKind.Number))).Message;
        Assert.Contains("say how numbers are written: CsvTableOptions.DecimalSeparator = ','. Otherwise, correct it", message, StringComparison.Ordinal);
        Assert.True(message.IndexOf("DecimalSeparator", StringComparison.Ordinal) < message.IndexOf("BadRows", StringComparison.Ordinal));
    }

    [Fact]
    public void Iso_dates_are_read_beside_formats()
    {
        var options = new CsvTableOptions { DateFormats = ["dd.MM.yyyy"] };
        var table = TableText.Load("a;b;c\n01.03.2026;2026-03-01T14:05;2026-03-02\n02.03.2026;2026-03-02;03.03.2026\n", options: options);
        Assert.All(table.Schema.Fields, field => Assert.Equal(ColumnKind.DateTime, field.Kind));
        Assert.Equal(["2026-03-01T14:05:00", "2026-03-02T00:00:00"], table.Cells("b"));
        Assert.Equal(["2026-03-02T00:00:00", "2026-03-03T00:00:00"], table.Cells("c"));
    }

    [Fact]
    public void A_format_that_looks_like_iso_is_the_only_one()
    {
        var options = new CsvTableOptions { DateFormats = ["yyyy-dd-MM"] };
        Assert.Equal(["2026-02-01T00:00:00"], TableText.Load("d;x\n2026-01-02;1\n", options: options).Cells("d"));
        string message = TableText.Fails("d;x\n2026-01-13;1\n", TableText.Kinds(("d", ColumnKind.DateTime)), options).Message;
        Assert.Contains("'2026-01-13' is not a date as 'yyyy-dd-MM' (CsvTableOptions.DateFormats) writes it", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_digit_years_lie_between_1950_and_2049()
    {
        var table = TableText.Load("d;x\n31.12.49;1\n01.01.50;2\n", options: new CsvTableOptions { DateFormats = ["dd.MM.yy"] });
        Assert.Equal(["2049-12-31T00:00:00", "1950-01-01T00:00:00"], table.Cells("d"));
    }

    /// <summary>A law: whatever form a column of dates has, the format in the error reads every date as what it was.</summary>
    [Fact]
    public void The_format_that_is_named_gives_the_dates_back()
    {
        string[] days = ["dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "M/d/yyyy", "dd-MM-yyyy", "yyyy/MM/dd", "yyyyMMdd", "d-MMM-yyyy", "MMMM d, yyyy"];
        string[] times = [" HH:mm:ss", " H:mm:ss", " hh:mm:ss tt", ", HH:mm:ss.fff"];
        var random = new Random(1);
        foreach (string format in from day in days from time in times select day + time)
        {
            DateTime[] written = [.. Enumerable.Range(0, 40).Select(_ => new DateTime(2000, 1, 1).AddSeconds(random.Next(900_000_000))), new DateTime(2026, 12, 31, 23, 59, 59)];
            string text = $"d;x\n{string.Join('\n', written.Select(date => date.ToString(format, CultureInfo.InvariantCulture) + ";1"))}\n";
            var table = TableText.Load(text, options: new CsvTableOptions { DateFormats = FormatsOf(TableText.Fails(text).Message) });
            Assert.Equal(written.Select(date => date.Ticks), ((DateTimeColumn)table["d"]).Ticks.ToArray());
        }
    }

    private static string[] FormatsOf(string message)
    {
        var option = Option().Match(message);
        Assert.True(option.Success, message);
        return [.. option.Groups["formats"].Value.Split("\", \"")];
    }

    [GeneratedRegex("CsvTableOptions\\.DateFormats = \\[\"(?<formats>[^\\]]*)\"\\]")]
    private static partial Regex Option();

    [Theory]
    [InlineData("HH:mm")]
    [InlineData("MMM d HH:mm:ss")]
    [InlineData("dd.MM. 'y'")]
    [InlineData("dd.MM. \\y")]
    [InlineData("t")]
    [InlineData("M")]
    public void A_format_that_would_take_the_year_from_today_is_refused(string format) => Assert.Contains(
        "names no year", Assert.Throws<ArgumentException>(() => new CsvTableOptions { DateFormats = [format] }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("d")]
    [InlineData("o")]
    [InlineData("MM/yyyy")]
    [InlineData("'on' d MMMM yyyy")]
    public void A_format_with_a_year_is_taken(string format) => Assert.Equal([format], new CsvTableOptions { DateFormats = [format] }.DateFormats);
}
