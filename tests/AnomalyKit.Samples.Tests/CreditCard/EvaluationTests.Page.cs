using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using AnomalyKit.Samples.CreditCard.Reporting.Page;

namespace AnomalyKit.Samples.Tests.CreditCard;

/// <summary>The page of the main job.</summary>
public sealed partial class EvaluationTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)><!--<script>\u2028\u202E";

    [Fact]
    public void The_page_needs_no_other_file()
    {
        string html = File.ReadAllText(run.File("report.html"));
        Assert.All(LinkPattern().Matches(html), link => Assert.StartsWith("#", link.Groups[1].Value, StringComparison.Ordinal));
        Assert.All(LinkPattern().Matches(html), link => Assert.Contains($"id=\"{link.Groups[1].Value[1..]}\"", html, StringComparison.Ordinal));
        foreach (string remote in (string[])["url(", "@import", "fetch(", "XMLHttpRequest", "<iframe", "<link", "<object"])
            Assert.DoesNotContain(remote, html, StringComparison.OrdinalIgnoreCase);
        Assert.All(AddressPattern().Matches(html), address => Assert.Equal("http://www.w3.org/2000/svg", address.Value));
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 100_000, 2_000_000);
    }

    [Fact]
    public void The_page_says_that_rows_are_made_up_and_what_a_day_is()
    {
        string html = File.ReadAllText(run.File("report.html"));
        Assert.Contains("Synthetic data", html, StringComparison.Ordinal);
        Assert.Contains("fraud rate known of this data set", html, StringComparison.Ordinal);
        Assert.Contains("The 3,511 test rows are 17.6", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"card other\"", html, StringComparison.Ordinal);

        // A reader who sees a weak detector is told why.
        int weak = run.Report.Runs.Count(line => line.Protocol == "reference" && (line.RocAuc < 0.75 || line.Confusion.TruePositives == 0));
        Assert.Equal(weak > 0, html.Contains("Why do some detectors look weak here?", StringComparison.Ordinal));
    }

    [Fact]
    public void Headings_of_the_page_are_in_order_and_tables_have_heads()
    {
        string html = File.ReadAllText(run.File("report.html"));
        int[] levels = [.. HeadingPattern().Matches(html).Select(heading => int.Parse(heading.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels[1..]), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} is followed by h{pair.Second}"));
        Assert.DoesNotContain("<th>", html, StringComparison.Ordinal);
        string[] ids = [.. IdPattern().Matches(html).Select(id => id.Groups[1].Value)];
        Assert.Equal(ids.Distinct().Count(), ids.Length);
        Assert.All(DrawingPattern().Matches(html), drawing => Assert.True(
            drawing.Value.Contains("aria-label=", StringComparison.Ordinal) || drawing.Value.Contains("aria-hidden=", StringComparison.Ordinal), drawing.Value));
    }

    [Fact]
    public void The_explorer_shows_what_the_metrics_say()
    {
        using var json = JsonDocument.Parse(DataPattern().Match(File.ReadAllText(run.File("report.html"))).Groups[1].Value);
        Assert.Equal(run.Report.Runs.Count, json.RootElement.GetArrayLength());
        foreach (var (shown, scored) in json.RootElement.EnumerateArray().Zip(run.Report.Scores))
        {
            int count = shown.GetProperty("alerts").GetArrayLength();
            int own = shown.GetProperty("own").GetInt32();
            Assert.InRange(count, 2, 400);
            for (int i = 0; i < count; i++)
            {
                // The detector's own threshold need not be a float.
                double threshold = i == own ? scored.Result.Threshold : shown.GetProperty("threshold")[i].GetSingle();
                var expected = ConfusionMatrix.AtThreshold(scored.Labels.Span, scored.Scores, threshold);
                int alerts = shown.GetProperty("alerts")[i].GetInt32();
                int caught = shown.GetProperty("caught")[i].GetInt32();
                Assert.Equal((expected.TruePositives + expected.FalsePositives, expected.TruePositives), (alerts, caught));
                if (alerts > 0 && i != own)
                    Assert.Equal(DetectionMetrics.RecallAtK(scored.Labels.Span, scored.Scores, alerts), (double)caught / shown.GetProperty("frauds").GetInt32());
            }
        }
    }

    [Fact]
    public void Agreement_counts_rows_that_two_detectors_flag()
    {
        PageRun[] two = [.. PageRun.Of(run.Report).Take(2)];
        var agreement = Agreement.Of(two, frauds: true);
        var labels = two[0].Scores.Labels.Span;
        int both = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] && two.All(one => one.Scores.Scores[row] > one.Result.Threshold))
                both++;
        }

        Assert.Equal(both, agreement.Both[0, 1]);
        Assert.Equal(both, agreement.ByCount[2]);
        Assert.Equal(two[0].Caught, agreement.Both[0, 0]);
        Assert.Equal(labels.Count(true), agreement.ByCount.Sum());
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        using var folder = new TemporaryFolder();
        string csv = folder.File("a'b&c.csv");
        File.WriteAllLines(csv, [$"{Hostile},{new string('b', 500)},Class", .. Enumerable.Range(0, 400).Select(i => $"{i % 7},{i % 5},{(i % 40 == 0 ? 1 : 0)}")]);
        var options = new EvaluationOptions { DataPath = csv, Protocols = ["reference"], Detectors = ["elliptic-envelope"], OutputFolder = folder.File("out") };
        var report = SmallRun.Evaluation(new SilentView()).Run(options, default);
        var scores = report.Scores.Select(one => one with { Result = one.Result with { Detector = Hostile, SettingsText = Hostile } }).ToList();
        report = report with
        {
            Scores = scores,
            Runs = [.. scores.Select(one => one.Result)],
            Reasons = report.Reasons with { Run = scores[^1].Result },
            Machine = report.Machine with { Cpu = Hostile },
        };
        string html = Encoding.UTF8.GetString(HtmlReport.Write(report));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u2028', html);
        Assert.DoesNotContain('\u202E', html);
        Assert.Equal(2, Regex.Count(html, "</script>"));
        Assert.Contains("per 1,000 rows", html, StringComparison.Ordinal);
        Assert.DoesNotContain("agreement", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_escaped_where_they_stand()
    {
        Assert.Equal("&lt;b&gt;&amp;&quot;\uFFFD", Markup.Safe("<b>&\"\u2029"));
        Assert.Equal(new string('x', 60) + "…", Markup.Short(new string('x', 500)));
    }

    [GeneratedRegex("""\s(?:src|href|srcset|action|data)\s*=\s*"([^"]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex LinkPattern();

    [GeneratedRegex("""[a-z]+://[^"'\s<]*""", RegexOptions.IgnoreCase)]
    private static partial Regex AddressPattern();

    [GeneratedRegex("<h([1-6])")]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("""\sid="([^"]+)""")]
    private static partial Regex IdPattern();

    [GeneratedRegex("<svg [^>]*>")]
    private static partial Regex DrawingPattern();

    [GeneratedRegex("""id="explorer-data">(.*?)</script>""")]
    private static partial Regex DataPattern();
}
