using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What becomes of missing cells is said for all columns, or for one.</summary>
public sealed class MissingOptionTests : IDisposable
{
    private readonly Payments _payments = new();

    private string Model => _payments["gaps.akm"];

    [Theory]
    [InlineData("constant:none")]
    [InlineData("approver=constant:none")]
    [InlineData("median", "approver=constant:none")]
    [InlineData("approver=constant:none", "at=median")]
    public void A_gap_becomes_a_level_of_its_own(params string[] rules)
    {
        Fit(rules).Succeeds();
        var model = DetectorFile.LoadTableDetector(Model);
        Assert.Contains(model.Preparation.Columns, column => column.SourceName == "approver" && column.Name.Contains("none", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_says_which_rules_made_it()
    {
        Fit("median", "approver=constant:none").Succeeds();
        Assert.Contains("preparation.Missing.approver=constant:none", Run.Of("inspect", Model).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_for_all_that_a_column_with_gaps_cannot_hold_is_refused_with_the_remedy()
    {
        string gaps = _payments.Write("dates.csv", Rows(dateGaps: true));
        Run.Of("fit", gaps, "--out", Model, "--detector", "elliptic-envelope", "--missing", "constant:none").Fails(1, "'at'", "its cells are dates", "--missing COLUMN=RULE");
        Run.Of("fit", gaps, "--out", Model, "--detector", "elliptic-envelope", "--missing", "constant:none", "--missing", "at=median").Succeeds();
    }

    [Fact]
    public void A_column_that_was_left_alone_refuses_a_later_gap()
    {
        Fit("constant:none").Succeeds();
        Run.Of("score", Model, _payments.Write("dates.csv", Rows(dateGaps: true))).Fails(1, "'at' is missing");
    }

    [Theory]
    [InlineData("two rules for all columns", "median", "mean")]
    [InlineData("two rules for column 'x'", "x=median", "x=mean")]
    [InlineData("middle", "x=middle")]
    [InlineData("The name of the column", "=median")]
    public void Rules_that_cannot_be_are_usage_errors(string word, params string[] rules) => Fit(rules).Fails(2, "--missing", word);

    [Fact]
    public void An_unknown_column_is_named() => Fit("median", "aprover=mean").Fails(1, "'aprover'");

    [Fact]
    public void Other_commands_take_rules_by_column()
    {
        string csv = _payments.Write("gaps.csv", Rows(dateGaps: false));
        string[] rules = ["--missing", "median", "--missing", "approver=constant:none"];
        Run.Of(["compare", csv, "--label", "fraud", "--detectors", "isolation-forest", .. rules]).Succeeds();
        Run.Of(["tune", csv, "--label", "fraud", "--detector", "isolation-forest", "--trials", "2", "--outer-folds", "0", .. rules]).Succeeds();
        Run.Of(["fit", csv, "--out", Model, "--label", "fraud", "--detector", "isolation-forest", "--shard", "1/1", .. rules]).Succeeds();
        Run.Of("merge", Model + ".parts", "--out", Model).Succeeds();
        Assert.Contains("preparation.Missing.approver=constant:none", Run.Of("inspect", Model).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_completed()
    {
        const string Line = "anomalykit fit data.csv --missing me";
        Assert.Equal("mean\nmedian\n", Run.Of("complete", Line.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Line).Succeeds().Output.ReplaceLineEndings("\n"));
    }

    public void Dispose() => _payments.Dispose();

    private Run Fit(params string[] rules) => Run.Of(["fit", _payments.Write("gaps.csv", Rows(dateGaps: false)), "--out", Model, "--label", "fraud", "--detector", "elliptic-envelope", .. rules.SelectMany(rule => (string[])["--missing", rule])]);

    /// <summary>Payments of which some have no approver, and on request no date.</summary>
    private static string Rows(bool dateGaps) => "x,approver,at,fraud\n" + string.Concat(Enumerable.Range(0, 400).Select(row => FormattableString.Invariant(
        $"{row * 37 % 101}.5,{(row % 10 == 3 ? "" : $"M{row % 4}")},{(dateGaps && row % 50 == 9 ? "" : $"2026-03-{1 + (row % 28):00} {row % 24:00}:15")},{(row % 40 == 7 ? 1 : 0)}\n")));
}
