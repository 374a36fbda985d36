using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What of dates a detector sees is said for all columns, or for one.</summary>
public sealed class DatesOptionTests : IDisposable
{
    private readonly Payments _payments = new();

    private string Model => _payments["dates.akm"];

    [Theory]
    [InlineData(new[] { "at: hour", "at: weekday", "due: hour", "due: weekday" }, "automatic")]
    [InlineData(new[] { "at: hour", "due: hour" }, "hour")]
    [InlineData(new[] { "at: hour" }, "hour", "due=none")]
    [InlineData(new[] { "at: days elapsed", "at: month", "due: hour" }, "at=Month, elapsed", "hour")]
    [InlineData(new string[0], "none")]
    public void The_cells_are_those_of_the_parts(string[] cells, params string[] rules)
    {
        Fit(rules).Succeeds();
        Assert.Equal(cells, DetectorFile.LoadTableDetector(Model).Preparation.Columns.Where(column => column.SourceName != "x").Select(column => column.Name.Split(" (")[0]).Distinct());
    }

    [Theory]
    [InlineData("two rules for all columns", "hour", "month")]
    [InlineData("two rules for column 'at'", "at=hour", "at=month")]
    [InlineData("weekday", "weekdy")]
    [InlineData("weekday", "at=weekdy")]
    [InlineData("none and something else", "none,hour")]
    [InlineData("The name of the column", "=hour")]
    public void Parts_that_cannot_be_are_usage_errors(string word, params string[] rules) => Fit(rules).Fails(2, word);

    [Fact]
    public void A_column_without_dates_is_refused_with_the_remedy() => Fit("x=hour").Fails(1, "'x'", "(--dates)", "its cells are numbers", "--kind COL=datetime");

    [Fact]
    public void Parts_hold_for_shards_too()
    {
        string csv = Rows();
        Run.Of("fit", csv, "--out", Model, "--detector", "isolation-forest", "--dates", "at=none", "--dates", "hour", "--shard", "1/1").Succeeds();
        Run.Of("merge", Model + ".parts", "--out", Model).Succeeds();
        Assert.Equal(["x", "due"], DetectorFile.LoadTableDetector(Model).Preparation.Columns.Select(column => column.SourceName).Distinct());
    }

    public void Dispose() => _payments.Dispose();

    private Run Fit(params string[] rules) => Run.Of(["fit", Rows(), "--out", Model, "--detector", "isolation-forest", .. rules.SelectMany(rule => (string[])["--dates", rule])]);

    private string Rows() => _payments.Write("dates.csv", "x,at,due\n" + string.Concat(Enumerable.Range(0, 300).Select(row => FormattableString.Invariant(
        $"{row * 37 % 101}.5,2026-03-{1 + (row % 28):00} {row % 24:00}:15,2026-04-{1 + (row % 27):00} {row * 7 % 24:00}:40\n"))));
}
