using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What is wrong is said in one line with the remedy, and the exit code says whose fault it is.</summary>
public sealed class ErrorTests(Payments payments) : IClassFixture<Payments>
{
    [Theory]
    [InlineData("'scor'", "scor")]
    [InlineData("There is no option '--trheads'; did you mean '--threads'? See", "score", "MODEL", "DATA", "--trheads")]
    [InlineData("There is no option '--top'; did you mean '--only top:20'? See", "score", "MODEL", "DATA", "--top", "20")]
    [InlineData("There is no option '--top'; did you mean '--only top:20'? See", "score", "MODEL", "DATA", "--top=20")]
    [InlineData("There is no option '--top'; did you mean '--only top:N'? See", "score", "MODEL", "--top", "DATA")]
    [InlineData("did you mean '--min-alert-ratio' or '--min-effect' or '--min-missing-change'?", "drift", "MODEL", "DATA", "--minimum", "0.1")]
    [InlineData("There is no option '--zzz'; there are --", "fit", "DATA", "--out", "OUT", "--zzz")]
    [InlineData("Required", "score")]
    [InlineData("'--threads'", "score", "MODEL", "DATA", "--threads", "many")]
    [InlineData("Option '--threads' takes a whole number, not 'many'.", "score", "MODEL", "DATA", "--threads", "many")]
    [InlineData("Option '--row' takes a row number from 0, not 'p7'. Name a row by a column with --where COLUMN=VALUE.", "explain", "MODEL", "DATA", "--row", "p7")]
    [InlineData("Option '--min-effect' takes a number with a decimal point, not 'much'.", "drift", "MODEL", "DATA", "--min-effect", "much")]
    [InlineData("Option '--choice' takes balanced", "review", "MODEL", "DATA", "--session", "OUT", "--choice", "best")]
    [InlineData("--where takes COLUMN=VALUE", "explain", "MODEL", "DATA", "--where", "p7")]
    [InlineData("--row and --where exclude each other", "explain", "MODEL", "DATA", "--where", "id=p7", "--row", "7")]
    [InlineData("--threads", "score", "MODEL", "DATA", "--threads", "0")]
    [InlineData("top:N", "score", "MODEL", "DATA", "--only", "top")]
    [InlineData("--explain", "score", "MODEL", "DATA", "--explain", "-1")]
    [InlineData("exclude each other", "explain", "MODEL", "DATA", "--row", "1", "--top", "2")]
    [InlineData("isolation-forest", "fit", "DATA", "--out", "OUT", "--detector", "isolation-forrest")]
    [InlineData("TreeCount", "fit", "DATA", "--out", "OUT", "--detector", "isolation-forest", "--set", "Trees=5")]
    [InlineData("TreeCount", "fit", "DATA", "--out", "OUT", "--detector", "isolation-forest", "--set", "TreeCount=-5")]
    [InlineData("contamination", "fit", "DATA", "--out", "OUT", "--threshold", "0.002")]
    [InlineData("median", "fit", "DATA", "--out", "OUT", "--missing", "middle")]
    [InlineData("COL=KIND", "fit", "DATA", "--out", "OUT", "--kind", "amount")]
    [InlineData("parquet", "score", "MODEL", "DATA", "--format", "xlsx")]
    [InlineData("--out", "score", "MODEL", "DATA", "--out", "-")]
    [InlineData("decimal separator", "score", "MODEL", "DATA", "--decimal", "x")]
    [InlineData("--guard-formulas is for CSV, and the output is Parquet", "score", "MODEL", "DATA", "--out", "scores.parquet", "--guard-formulas")]
    [InlineData("--out-decimal is for CSV, and the output is Arrow", "convert", "DATA", "--out", "rows.arrow", "--out-decimal", ",")]
    [InlineData("--guard-formulas is for CSV, and the output is JSON lines", "score", "MODEL", "DATA", "--json", "--guard-formulas")]
    [InlineData("one character", "score", "MODEL", "DATA", "--delimiter", ";;")]
    public void A_command_line_that_cannot_be_is_usage(string word, params string[] args) => Run.Of(Filled(args)).Fails(2, word);

    [Theory]
    [InlineData("none.csv", "score", "MODEL", "none.csv")]
    [InlineData("none.akm", "score", "none.akm", "DATA")]
    [InlineData("anomalykit fit", "score", "none.akm", "DATA")]
    [InlineData("payments.csv", "score", "DATA", "DATA")]
    [InlineData("does not exist", "evaluate", "MODEL", "DATA", "--label", "fraud", "--report", "no/such/folder/x.html")]
    [InlineData("'nobody'", "score", "MODEL", "DATA", "--keep", "nobody")]
    [InlineData("None of 2000 rows has 'p2000' in the column 'id'.", "explain", "MODEL", "DATA", "--where", "id=p2000")]
    [InlineData("There is no column 'nobody'. The columns are: id, amount", "explain", "MODEL", "DATA", "--where", "nobody=1")]
    [InlineData("There are 2000 rows", "explain", "MODEL", "DATA", "--row", "2000")]
    [InlineData("'nobody'", "fit", "DATA", "--out", "OUT", "--label", "nobody")]
    [InlineData("--ignore", "fit", "DATA", "--out", "OUT", "--label", "fraud")]
    [InlineData("does not exist", "fit", "DATA", "--out", "no/such/folder/x.akm", "--id", "id")]
    public void Data_or_model_at_fault(string word, params string[] args)
    {
        Run.Of(Filled(args)).Fails(1, word);
        Assert.False(File.Exists(payments["out.akm"]));
    }

    [Fact]
    public void A_bad_cell_is_named_by_file_line_column_and_value()
    {
        string path = payments.Write("bad.csv", "amount,hour,merchant\n1,2,fuel\noops,3,fuel\n");
        Run.Of("score", payments.Model, path, "--out", payments["bad-scores.csv"]).Fails(1, "bad.csv", "3", "amount", "oops");
        Assert.False(File.Exists(payments["bad-scores.csv"]));
        Run.Of("score", payments.Model, payments.Write("few.csv", "amount,hour\n1,2\n")).Fails(1, "few.csv", "merchant");
    }

    [Fact]
    public void Missing_cells_are_refused_with_the_option_that_helps()
    {
        string path = payments.Write("gaps.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i * i % 17}.5,{(i == 9 ? "" : $"{i % 7}.25")}\n")));
        Run.Of("fit", path, "--out", payments["gaps.akm"], "--detector", "isolation-forest").Fails(1, "'y'", "--missing");
        Run.Of("fit", path, "--out", payments["gaps.akm"], "--detector", "isolation-forest", "--missing", "median").Succeeds();
        string empty = payments.Write("empty.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i * i % 17}.5,\n")));
        Run.Of("fit", empty, "--out", payments["gaps.akm"], "--missing", "median").Fails(1, "'y'", "(--ignore)");
    }

    [Fact]
    public void An_output_never_replaces_what_is_read()
    {
        byte[] model = File.ReadAllBytes(payments.Model);
        byte[] csv = File.ReadAllBytes(payments.Csv);
        string link = payments["link.csv"];
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(link, payments.Model);
        Run.Of("score", payments.Model, payments.Csv, "--out", payments.Csv).Fails(2, "would be replaced");
        Run.Of("score", payments.Model, payments.Csv, "--out", payments.Model).Fails(2, "would be replaced");
        if (!OperatingSystem.IsWindows())
            Run.Of("score", payments.Model, payments.Csv, "--out", link).Fails(2, "would be replaced");
        Run.Of("fit", payments.Csv, "--out", payments.Csv).Fails(2, "would be replaced");
        Run.Of("convert", payments.Csv, "--out", payments.Csv).Fails(2, "would be replaced");
        Assert.Equal(model, File.ReadAllBytes(payments.Model));
        Assert.Equal(csv, File.ReadAllBytes(payments.Csv));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("list", "runs")]
    public void A_command_of_commands_lists_them(string word, params string[] args) => Assert.Contains(word, Run.Of(args).Succeeds().Output, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_called_like_an_option_is_said_to_be_one()
    {
        var run = Run.Of("score", payments.Model, "--top");
        Assert.DoesNotContain("./--top", run.Errors, StringComparison.Ordinal);
        File.WriteAllText("--top", "x");
        try
        {
            Run.Of("score", payments.Model, "--top").Fails(2, "There is no option '--top'", "The file of that name is written './--top'.");
        }
        finally
        {
            File.Delete("--top");
        }
    }

    [Fact]
    public void Errors_are_without_the_sentences_of_dotnet()
    {
        var run = Run.Of("explain", payments.Model, payments.Csv, "--row", "20000");
        Assert.Equal("anomalykit: There are 2000 rows, numbered from 0.\n", run.Errors);
        Assert.DoesNotContain("Actual value", Run.Of("fit", payments.Csv, "--out", payments["out.akm"], "--detector", "isolation-forest", "--set", "TreeCount=-5").Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("score", "MODEL", "DATA", "--out", "x.xyz")]
    [InlineData("convert", "DATA", "--out", "x.xyz")]
    [InlineData("evaluate", "MODEL", "DATA", "--label", "fraud", "--report", "x.xyz")]
    [InlineData("compare", "DATA", "--label", "fraud", "--report", "x.xyz")]
    [InlineData("drift", "MODEL", "DATA", "--report", "x.xyz")]
    [InlineData("runs", "export", "--tracking", "none.db", "--out", "x.xyz")]
    public void An_ending_that_says_nothing_is_usage_before_the_work(params string[] args) => Run.Of(Filled(args)).Fails(2, "x.xyz", "ending");

    [Fact]
    public void Arguments_in_the_wrong_order_are_told() => Run.Of("score", payments.Csv, payments.Model).Fails(1, "MODEL DATA");

    [Fact]
    public void Names_that_begin_with_a_commercial_at_are_names()
    {
        string path = payments.Write("at.csv", "@timestamp,x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"t{i},{i * i % 17}.5,{i % 7}.25\n")));
        Run.Of("fit", path, "--out", payments["at.akm"], "--ignore", "@timestamp", "--detector", "isolation-forest").Succeeds();
        Assert.Equal("@timestamp", Run.Of("score", payments["at.akm"], path, "--keep", "@timestamp").Succeeds().Rows[0][0]);
    }

    private string[] Filled(string[] args) => [.. args.Select(arg => arg switch
    {
        "MODEL" => payments.Model,
        "DATA" => payments.Csv,
        "OUT" => payments["out.akm"],
        _ => arg,
    })];
}
