using System.Globalization;
using AnomalyKit.Tests.Csv;

namespace AnomalyKit.Tests.Tables;

public sealed class CsvKindTests
{
    [Theory]
    [InlineData("1\n2\n-3", ColumnKind.Number, "every cell is a whole number")]
    [InlineData("1\n2.5\n3", ColumnKind.Number, "every cell is a number, and '2.5' in line 3 is not a whole one")]
    [InlineData("1\nNA\n?\nnull", ColumnKind.Number, "every cell is a whole number")]
    [InlineData("NaN\nNaN", ColumnKind.Number, "every cell is missing")]
    [InlineData("yes\nNO\nTrue", ColumnKind.Boolean, "every cell is one of true, yes, false, no")]
    [InlineData("0\n1\n0", ColumnKind.Number, "every cell is a whole number")]
    [InlineData("2026-11-28\n2026-11-28 14:05\n2026-11-28T14:05:01.5", ColumnKind.DateTime, "every cell is a date")]
    [InlineData("2026-11-28T10:00Z\n2026-11-28T10:00+01:00", ColumnKind.DateTime, "every cell is a date with a time zone")]
    [InlineData("2026-11-28T10:00Z\n2026-11-28", ColumnKind.Category, "'2026-11-28T10:00Z' in line 2 has a time zone and '2026-11-28' in line 3 has none")]
    [InlineData("2026-02-30\n2026-02-28", ColumnKind.Category, "'2026-02-30' in line 2 is not a number")]
    [InlineData("5\n007", ColumnKind.Category, "'007' in line 3 begins with a zero, which a number would lose")]
    [InlineData("1.5\n007", ColumnKind.Category, "'007' in line 3 begins with a zero, which a number would lose")]
    [InlineData("1\n92233720368547758070", ColumnKind.Category, "'92233720368547758070' in line 3 has more digits than a number of 64 bits keeps")]
    [InlineData("1\nParis\n2", ColumnKind.Category, "'Paris' in line 3 is not a number")]
    [InlineData("?\n?", ColumnKind.Category, "no cell holds anything but a mark such as '?' in line 2")]
    [InlineData("1\n\"NA\"", ColumnKind.Category, "'NA' in line 3 is not a number")]
    [InlineData("192.168.0.1\n10.0.0.1", ColumnKind.Category, "'192.168.0.1' in line 2 is not a number")]
    public void Kinds_follow_from_all_cells_and_say_why(string cells, ColumnKind kind, string reason)
    {
        var field = TableText.Load($"x\n{cells}\n").Schema.Fields[0];
        Assert.Equal((kind, "inferred: " + reason), (field.Kind, field.Origin));
    }

    [Fact]
    public void Every_digit_of_whole_numbers_is_kept()
    {
        var table = TableText.Load("id,x\n9007199254740993,1\n,2\n9007199254740992,3\n");
        Assert.Equal(["9007199254740993", null, "9007199254740992"], table.Cells("id"));
        var declared = TableText.Load(
            "id,x\n9007199254740993,1\n,2\n9007199254740992,3\n",
            new TableLayout { IdColumns = ["id"], Kinds = new Dictionary<string, ColumnKind> { ["id"] = ColumnKind.Number, ["x"] = ColumnKind.Number } });
        Assert.Equal(["9007199254740993", null, "9007199254740992"], declared.Cells("id"));
    }

    [Fact]
    public void A_type_is_not_decided_on_a_sample()
    {
        // Thirty thousand whole numbers, then a fraction, then a version.
        string text = "v,w\n" + string.Concat(Enumerable.Repeat("5,1\n", 30_000)) + "10.7,2\n11.0.1,3\n";
        var table = TableText.Load(text);
        Assert.Equal("inferred: '11.0.1' in line 30003 is not a number", table.Schema.Fields[0].Origin);
        Assert.Equal(["10.7", "11.0.1"], table.Cells("v").TakeLast(2));
        Assert.Equal(30_002, table.RowCount);

        // What cannot be read twice is refused where it does not fit, and goes on behind.
        using var reader = CsvTableReader.Open(new TrickleStream(System.Text.Encoding.UTF8.GetBytes(text), 5000));
        Assert.Equal("inferred: every cell is a whole number (first 4096 rows)", reader.Schema.Fields[0].Origin);
        long rows = 0;
        var errors = new List<TableDataException>();
        while (true)
        {
            try
            {
                if (reader.ReadBatch(1000) is not { } batch)
                    break;
                rows += batch.RowCount;
                Assert.IsType<Int64Column>(batch["v"]);
            }
            catch (TableDataException e)
            {
                errors.Add(e);
            }
        }

        Assert.Equal(30_000, rows);
        Assert.Equal([30_000L, 30_001L], errors.Select(e => e.Row));
        Assert.StartsWith("CSV stream, line 30002, column 'v': '10.7' is not a whole number", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("declare the kind (TableLayout.Kinds)", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal((30_003L, "11.0.1"), (Inner(errors[1]).Line, Inner(errors[1]).Value));
    }

    [Theory]
    [InlineData("1\n2\n3\n4\n007\n")]
    [InlineData("2026-01-01\n2026-01-01\n2026-01-01\n2026-01-01\n2026-01-01T10:00Z\n")]
    [InlineData("yes\nno\nyes\nno\n1\n")]
    [InlineData("1.5\n2\n3\n4\n\"NA\"\n")]
    public void The_rest_is_read_as_strictly_as_the_first_rows(string cells)
    {
        var options = new CsvTableOptions { MaxInferenceRows = 3 };
        var e = TableText.Fails("x\n" + cells, options: options);
        Assert.Equal((4L, "x", 6L), (e.Row, e.ColumnName, Inner(e).Line));
    }

    [Fact]
    public void Header_and_early_rows_are_no_preamble()
    {
        var table = TableText.Load("c0\nv0\na;b\n");
        Assert.Equal(["v0", "a;b"], table.Cells("c0"));
    }

    [Fact]
    public void Kinds_do_not_depend_on_the_order_of_rows()
    {
        string[] cells = ["1", "2.5", "007", "NA", "12345678901234567890123", "x"];
        for (int take = 1; take <= cells.Length; take++)
        {
            string Text(IEnumerable<string> rows) => "x\n" + string.Join('\n', rows) + "\n";
            var forward = TableText.Load(Text(cells.Take(take))).Schema.Fields[0].Kind;
            Assert.Equal(forward, TableText.Load(Text(cells.Take(take).Reverse())).Schema.Fields[0].Kind);
        }
    }

    [Fact]
    public void Numbers_in_another_notation_are_refused_and_not_bent()
    {
        foreach (bool isPolish in new[] { true, false })
        {
            In(isPolish, () =>
            {
                var e = TableText.Fails("x;y\n1,5;2\n2,25;3\n");
                Assert.StartsWith("CSV stream, line 2, column 'x': '1,5' looks like a number with a decimal comma", e.Message, StringComparison.Ordinal);
                var table = TableText.Load("x;y\n1,5;2\n2,25;3\n", options: new CsvTableOptions { DecimalSeparator = ',' });
                Assert.Equal(["1.5", "2.25"], table.Cells("x"));
                Assert.Equal(["1,5", "2,25"], TableText.Load("x;y\n1,5;2\n2,25;3\n", TableText.Kinds(("x", ColumnKind.Category))).Cells("x"));
                Assert.Equal(["2026-11-28T14:05:00"], TableText.Load("d\n2026-11-28 14:05\n").Cells("d"));
            });
        }
    }

    [Fact]
    public void Local_numbers_that_only_ride_along_stay_as_they_are_written()
    {
        var layout = new TableLayout { IdColumns = ["amount"] };
        Assert.Equal(["£1,234.50", "£7"], TableText.Load("x;amount\n1;£1,234.50\n2;£7\n", layout).Cells("amount"));
        Assert.Contains("Say how numbers are written", TableText.Fails("x;w\n1;1,5\n2;2,5\n", new TableLayout { WeightColumn = "w" }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,5;2,25", "CsvTableOptions.DecimalSeparator = ','")]
    [InlineData("£246.82;£318.11", "CsvTableOptions.CurrencySigns = [\"£\"]")]
    [InlineData("£246.82;£3,444.12", "CsvTableOptions.ThousandsSeparator = ',' and CsvTableOptions.CurrencySigns = [\"£\"]")]
    [InlineData("1.234,5 €;-$7", "CsvTableOptions.DecimalSeparator = ',' and CsvTableOptions.ThousandsSeparator = '.' and CsvTableOptions.CurrencySigns = [\"$\", \"€\"]")]
    [InlineData("1'234.50;12'000", "CsvTableOptions.ThousandsSeparator = '\\''")]
    [InlineData("1 234,5;7,5", "CsvTableOptions.DecimalSeparator = ',' and CsvTableOptions.ThousandsSeparator = ' '")]
    [InlineData("1,234;2,500", "CsvTableOptions.DecimalSeparator = ',' if a fraction follows the comma of '1,234', or CsvTableOptions.ThousandsSeparator = ',' if the comma separates thousands")]
    [InlineData("1,234;2,500,000", "CsvTableOptions.ThousandsSeparator = ','")]
    [InlineData("1,5;1.234", "CsvTableOptions.DecimalSeparator = ',' and CsvTableOptions.ThousandsSeparator = '.'")]
    [InlineData("1,234;12.50", "CsvTableOptions.ThousandsSeparator = ','")]
    [InlineData("1,5;12.50", "they are written in several ways, and no options read all of them; correct the column first")]
    [InlineData("$999.50;$1000.00", "CsvTableOptions.CurrencySigns = [\"$\"]")]
    [InlineData("£8000.00;£12,000.5", "CsvTableOptions.ThousandsSeparator = ',' and CsvTableOptions.CurrencySigns = [\"£\"]")]
    [InlineData("$0;$1,234", "CsvTableOptions.DecimalSeparator = ',' and CsvTableOptions.CurrencySigns = [\"$\"] if a fraction follows the comma of '$1,234', or CsvTableOptions.ThousandsSeparator = ',' and CsvTableOptions.CurrencySigns = [\"$\"] if the comma separates thousands")]
    public void The_error_of_local_numbers_names_the_options_that_read_all_cells(string cells, string advice)
    {
        string[] numbers = cells.Split(';');
        foreach (string text in (string[])["x|y\n" + string.Concat(numbers.Select(number => number + "|1\n")), "x|y\n" + string.Concat(numbers.Reverse().Select(number => number + "|1\n"))])
            Assert.Contains($"Say how numbers are written: {advice}. If the cells", TableText.Fails(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_advice_takes_back_an_option_that_stands_in_the_way()
    {
        var error = TableText.Fails("x|y\n1,5|1\n2,25|1\n", options: new CsvTableOptions { ThousandsSeparator = ',' });
        Assert.Contains("Say how numbers are written: CsvTableOptions.DecimalSeparator = ',' and CsvTableOptions.ThousandsSeparator = null.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("€1.234,56", 1234.56)]
    [InlineData("-€ 1.234.567,8", -1234567.8)]
    [InlineData("1.234 €", 1234)]
    [InlineData("EUR 12,5", 12.5)]
    [InlineData("€-12,5", -12.5)]
    [InlineData("0,5e2", 50)]
    [InlineData("1234,5", 1234.5)]
    public void Amounts_with_currency_and_decimal_comma(string text, double amount)
    {
        var options = new CsvTableOptions { DecimalSeparator = ',', ThousandsSeparator = '.', CurrencySigns = ["€", "EUR"] };
        var table = TableText.Load($"Amount;y\n{text};1\n", TableText.Kinds(("Amount", ColumnKind.Number)), options);
        Assert.Equal(amount, ((NumberColumn)table["Amount"]).Value(0));
    }

    [Fact]
    public void Notations_can_differ_from_column_to_column()
    {
        var options = new CsvTableOptions { DecimalSeparator = ',', ThousandsSeparator = '.', CurrencySigns = ["€"], LocalNumberColumns = ["Amount"] };
        var table = TableText.Load("V2;Amount\n-0.07278;€1.234,56\n2.5;€0,00\n", options: options);
        Assert.Equal(["-0.07278", "2.5"], table.Cells("V2"));
        Assert.Equal(["1234.56", "0"], table.Cells("Amount"));
        Assert.Contains("there is no column 'Amount' of CsvTableOptions.LocalNumberColumns", TableText.Fails("a\n1\n", options: options).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1.2345,6")]
    [InlineData("1..234")]
    [InlineData("12.34.567")]
    [InlineData("1234.567")]
    [InlineData("1,5,6")]
    [InlineData("€€5")]
    [InlineData("--5")]
    [InlineData("€")]
    [InlineData("1,234.5")]
    public void Marks_in_wrong_places_are_refused(string text)
    {
        var options = new CsvTableOptions { DecimalSeparator = ',', ThousandsSeparator = '.', CurrencySigns = ["€"] };
        var e = TableText.Fails($"Amount;y\n\"{text}\";1\n", TableText.Kinds(("Amount", ColumnKind.Number)), options);
        Assert.Contains($"'{text}' is not a number", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spaces_between_thousands_are_of_every_kind()
    {
        var options = new CsvTableOptions { Delimiter = ';', ThousandsSeparator = ' ', DecimalSeparator = ',' };
        var table = TableText.Load("x;y\n1 234,5;1\n1\u00A0234;2\n1\u202F234;3\n", options: options);
        Assert.Equal(["1234.5", "1234", "1234"], table.Cells("x"));
    }

    [Fact]
    public void Declared_booleans_take_digits()
    {
        var table = TableText.Load("b,c\n1,1\n0,0\n,1\nNA,0\n", TableText.Kinds(("b", ColumnKind.Boolean)));
        Assert.Equal(["true", "false", null, null], table.Cells("b"));
        Assert.Equal(ColumnKind.Number, table.Schema.Fields[1].Kind);
    }

    [Fact]
    public void Dates_come_in_formats_too()
    {
        var options = new CsvTableOptions { DateFormats = ["dd.MM.yyyy", "dd.MM.yyyy HH:mm"] };
        var table = TableText.Load("d;n\n28.11.2026;1\n01.02.2026 23:59;2\n;3\n", options: options);
        Assert.Equal(["2026-11-28T00:00:00", "2026-02-01T23:59:00", null], table.Cells("d"));
        var e = TableText.Fails("d\n11/28/2026\n", TableText.Kinds(("d", ColumnKind.DateTime)), options);
        Assert.Contains("'11/28/2026' is not a date as 'dd.MM.yyyy' or 'dd.MM.yyyy HH:mm' (CsvTableOptions.DateFormats) or ISO 8601 writes it", e.Message, StringComparison.Ordinal);
        var zoned = TableText.Load("d\n28.11.2026 01:00 +02:00\n", options: new CsvTableOptions { DateFormats = ["dd.MM.yyyy HH:mm zzz"] });
        Assert.Equal(["2026-11-27T23:00:00Z"], zoned.Cells("d"));
    }

    [Theory]
    [InlineData("2026-11-28T00:30+01:00", "2026-11-27T23:30:00Z")]
    [InlineData("2026-11-28T00:30:15.1234567-0130", "2026-11-28T02:00:15.1234567Z")]
    [InlineData("2026-11-28 00:30:15.100000000 Z", "2026-11-28T00:30:15.1Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00")]
    public void Points_in_time_are_kept_in_utc(string text, string expected) => Assert.Equal([expected], TableText.Load($"d\n{text}\n").Cells("d"));

    [Theory]
    [InlineData("2026-11-28T25:00")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-28T10")]
    [InlineData("2026-11-28T10:00:00.123456789")]
    [InlineData("0001-01-01T00:00+14:00")]
    [InlineData("0000-01-01")]
    [InlineData("28.11.2026")]
    [InlineData("2026-11-28T10:00Zjunk")]
    [InlineData("20261128")]
    public void What_is_no_date_is_refused(string text)
    {
        var e = TableText.Fails($"a,d\n1,{text}\n", TableText.Kinds(("d", ColumnKind.DateTime)));
        Assert.Equal((0L, "d"), (e.Row, e.ColumnName));
        Assert.Contains($"'{text}' is not a date as ISO 8601 writes it", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinite_numbers_are_refused()
    {
        var e = TableText.Fails("x\n1\n1e999\n");
        Assert.Contains("line 3, column 'x': '1e999' is infinite", e.Message, StringComparison.Ordinal);
    }

    private static CsvFormatException Inner(TableDataException e) => Assert.IsType<CsvFormatException>(e.InnerException);

    /// <summary>Runs something under the conventions of pl-PL, also where the runtime knows no cultures.</summary>
    private static void In(bool isPolish, Action action)
    {
        var before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        if (isPolish)
        {
            culture.NumberFormat.NumberDecimalSeparator = culture.NumberFormat.CurrencyDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = "\u00A0";
            culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
            culture.DateTimeFormat.DateSeparator = ".";
        }

        CultureInfo.CurrentCulture = culture;
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
