using System.Text.Json;
using AnomalyKit.Monitoring.Tests.Windows;

namespace AnomalyKit.Monitoring.Tests.Reports;

/// <summary>Reports say the same to programs and people, whatever columns are called.</summary>
public class DriftReportTests
{
    [Fact]
    public void The_json_has_the_names_that_are_promised()
    {
        using var document = JsonDocument.Parse(Report().ToJson());
        var root = document.RootElement;
        Assert.True(root.GetProperty("drifted").GetBoolean());
        var first = root.GetProperty("columns")[0];
        Assert.Equal("moved <b>&", first.GetProperty("name").GetString());
        Assert.True(first.GetProperty("drifted").GetBoolean());
        Assert.True(first.GetProperty("p_value").GetDouble() < 1e-10);
        Assert.InRange(first.GetProperty("effect").GetDouble(), 0.3, 1);
        foreach (string name in (string[])["wasserstein", "psi", "jensen_shannon", "adjusted_p_value", "sketch_error", "log_p_value"])
            Assert.Equal(JsonValueKind.Number, first.GetProperty(name).ValueKind);
        Assert.Equal("kolmogorov_smirnov", root.GetProperty("scores").GetProperty("test").GetString());
        Assert.True(root.GetProperty("alert_share").GetProperty("ratio").GetDouble() > 2);
        Assert.Equal("holm", root.GetProperty("options").GetProperty("correction").GetString());
        Assert.Equal("2026-11-02T00:00:00+00:00", root.GetProperty("since").GetString());
        Assert.Equal("f1", root.GetProperty("classifier").GetProperty("columns")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void The_page_needs_nothing_else_and_escapes_names()
    {
        string page = Report().ToHtml();
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("moved &lt;b&gt;&amp;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("url\\((?!#)", page);
        // Names within a drawing differ from those of the others.
        string[] names = [.. System.Text.RegularExpressions.Regex.Matches(page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(names.Distinct(), names);
        // A drawing for the scores and each column.
        Assert.Equal(1 + 4, page.Split("<svg").Length - 1);
        Assert.Equal(page, Report().ToHtml());
    }

    [Fact]
    public void An_effect_of_values_never_stands_beside_a_p_value_of_missing_cells()
    {
        // The values are those of the reference; a few more cells are missing, too few to count as drift, and this is what is clearest about the column.
        static FeatureTable Rows(int missing) => new(new DoubleColumn("amount", Enumerable.Range(0, 4000).Select(row => row < missing ? double.NaN : row % 100).ToArray()), new DoubleColumn("other", Enumerable.Range(0, 4000).Select(row => row % 7.0).ToArray()));
        var profile = ReferenceProfile.Of(Rows(0));
        var window = new DriftWindow(profile);
        window.Add(Rows(60));
        var comparison = DriftComparison.Compare(profile, window);
        var amount = comparison["amount"];
        Assert.True(amount.Status == DriftStatus.Stable && amount.MissingPValue < 1e-6 && amount.PValue > 0.9 && amount.AdjustedPValue < 1e-5, amount.ToString());
        string page = new DriftReport(comparison).ToHtml();
        string row = page[page.IndexOf("<tr><td>amount</td>", StringComparison.Ordinal)..];
        row = row[..row.IndexOf("</tr>", StringComparison.Ordinal)];
        string[] cells = [.. row.Split("<td").Select(cell => cell[(cell.IndexOf('>') + 1)..].Replace("</td>", "", StringComparison.Ordinal))];
        string effect = amount.Effect.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal([effect, "1.000"], cells[3..5]);
        Assert.Matches("^[0-9.]+E-[0-9]+$", cells[5]);
        Assert.Contains($"effect {effect}, p 1.000</figcaption>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_written_by_their_ending()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (string name in (string[])["report.json", "report.html"])
            {
                string path = Path.Combine(folder, name);
                Report().Save(path);
                Assert.Equal(name.EndsWith("json", StringComparison.Ordinal) ? Report().ToJson() : Report().ToHtml(), File.ReadAllText(path));
            }

            Assert.Contains("'.txt'", Assert.Throws<ArgumentException>(() => Report().Save(Path.Combine(folder, "report.txt"))).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        // To be looked at in a browser.
        if (Environment.GetEnvironmentVariable("ANOMALYKIT_REPORT_PAGE") is { Length: > 0 } page)
            Report().Save(page);
    }

    [Fact]
    public void Advice_in_other_words_stands_in_page_and_json()
    {
        var comparison = Report().Comparison;
        string own = new DriftReport(comparison).Advice;
        var report = new DriftReport(comparison) { Advice = "Ask <the> operators." };
        Assert.Contains("<br>Ask &lt;the&gt; operators.</div>", report.ToHtml(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal("Ask <the> operators.", json.RootElement.GetProperty("advice").GetString());
        Assert.DoesNotContain(System.Net.WebUtility.HtmlEncode(own), report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(own), new DriftReport(comparison).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_advice_follows_the_alerts() => Assert.Contains("Once you understand the change", Report().Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData(3, 0.001, "The threshold no longer gives the fraction that it was set for. No column has changed by itself: look at how columns go together, which the reasons of high scores show, and at single machines or groups of rows. Once you understand the change")]
    [InlineData(0.5, 8, "The scores have changed, but the alerts have not yet. Keep watching them. No column has changed by itself: look at how columns go together")]
    public void Where_no_column_drifted_the_advice_points_to_relations_and_groups(float shift, double threshold, string expected)
    {
        var rows = FeatureMatrix.Wrap(Enumerable.Range(0, 500).Select(i => (float)i).ToArray(), 1);
        var profile = ReferenceProfile.Of(rows);
        var (before, now) = (new DriftWindow(profile, threshold, seed: 1), new DriftWindow(profile, threshold, seed: 2));
        before.Add(rows);
        now.Add(rows);
        before.AddScores(WindowTrapTests.Normal(500, 1, 0));
        now.AddScores(WindowTrapTests.Normal(500, 2, shift));
        var comparison = DriftComparison.Compare(before, now);
        Assert.Equal((true, false), (comparison.Scores!.IsDrifted, comparison.Columns.Any(column => column.IsDrifted)));
        Assert.Contains(expected, new DriftReport(comparison).Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, false, "No drift. There are no scores, so this report cannot describe the alerts.")]
    [InlineData(true, false, false, "No drift. The threshold of the alerts is not known, so this report cannot describe the alerts.")]
    [InlineData(true, false, true, "The scores have changed. No column has changed by itself: look at how columns go together, which the reasons of high scores show, and at single machines or groups of rows. The threshold of the alerts is not known, so this report cannot describe the alerts.")]
    [InlineData(false, true, false, "The rows have changed: f0 (median 0 → 3). There are no scores, so this report cannot describe the alerts.")]
    [InlineData(true, true, true, "The rows have changed: f0 (median 0 → 3). The scores have changed. The threshold of the alerts is not known, so this report cannot describe the alerts.")]
    public void The_advice_without_alerts_says_why(bool haveScores, bool rowsMove, bool scoresMove, string expected)
    {
        var profile = ReferenceProfile.Of(Numbers(0));
        var (before, now) = (new DriftWindow(profile, seed: 1), new DriftWindow(profile, seed: 2));
        before.Add(Numbers(0));
        now.Add(Numbers(rowsMove ? 3 : 0));
        if (haveScores)
        {
            before.AddScores(WindowTrapTests.Normal(500, 1, 0));
            now.AddScores(WindowTrapTests.Normal(500, 1, scoresMove ? 3 : 0));
        }

        Assert.Equal(expected, new DriftReport(DriftComparison.Compare(before, now)).Advice);

        static FeatureMatrix Numbers(float shift) => FeatureMatrix.Wrap(Enumerable.Range(-250, 501).Select(i => (i / 250f) + shift).ToArray(), 1);
    }

    private static DriftReport Report()
    {
        var profile = ReferenceProfile.Of(Table(5000, 1, 0)).WithScores(WindowTrapTests.Normal(5000, 9, 0), 2.3);
        var window = new DriftWindow(profile);
        window.Add(Table(2000, 2, 0.8));
        window.AddScores(WindowTrapTests.Normal(2000, 10, 0.7));
        var rows = LevelTests.Rows(200, 2, 3);
        var moved = FeatureMatrix.Wrap(Enumerable.Range(0, 400).Select(i => rows.Cells(i / 2)[i % 2] + (i % 2 == 1 ? 3 : 0)).ToArray(), 2);
        return new DriftReport(DriftComparison.Compare(profile, window))
        {
            Title = "Payments, 2 November",
            Since = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero),
            Classifier = new ClassifierTest().Compare(rows, moved),
        };
    }

    private static FeatureTable Table(int count, ulong stream, double shift)
    {
        float[] amounts = WindowTrapTests.Normal(count, stream, shift);
        float[] others = WindowTrapTests.Normal(count, stream + 100, 0);
        string[] words = ["card", "transfer", "cash", "a level with a name that is rather long"];
        return new FeatureTable(
            new SingleColumn("moved <b>&", amounts),
            new SingleColumn("still", others),
            CategoryColumn.FromWords("way", others.Select((value, i) => words[(int)Math.Abs(value * 1.4) % 4])),
            new DateTimeColumn("day", others.Select(value => new DateTime(2026, 10, 15).AddDays(value * 5).Ticks).ToArray(), isUtc: true));
    }
}
