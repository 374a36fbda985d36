using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AnomalyKit.Reports.Tests;

/// <summary>Pages need nothing from elsewhere, run nothing, and stay small, whatever names and data are.</summary>
public sealed class PageTests
{
    private const string Attack = "</script><img src=x onerror=alert(1)>\"'`<!--<script>{{7*7}}\u2028\u2029\u202e\0\u0007\ud800";

    public static TheoryData<string> HostileNames => [Attack, new string('w', 500), "a < b & c > d", "Größe 💳 金額", "line\nbreak\ttab", "]]><x/>"];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Names_stay_text(string name)
    {
        foreach (string page in (string[])[Evaluation(name).ToHtml(), Comparison(name).ToHtml()])
        {
            Check(page);
            Assert.Equal(0, Regex.Count(page, "<(img|script|x|iframe|object|link|base|form|input|a)[ >/]", RegexOptions.IgnoreCase));
            Assert.DoesNotMatch("<[^>]*\\son\\w+\\s*=", page);
            Assert.DoesNotMatch("[\u2028\u2029\u202a-\u202e\0-\u0008\u000b-\u001f\u007f-\u009f]", page);
        }
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Names_come_back_from_json(string name)
    {
        using var document = JsonDocument.Parse(Evaluation(name).ToJson());
        string readable = name.Replace('\ud800', '\ufffd');
        Assert.Equal(readable, document.RootElement.GetProperty("detector").GetString());
        Assert.Equal(readable, document.RootElement.GetProperty("title").GetString());
        Assert.Equal(readable, document.RootElement.GetProperty("highest_alerts")[0].GetProperty("reasons")[0].GetString());
        Assert.Equal(readable, document.RootElement.GetProperty("origin").GetProperty("data_files")[0].GetString());
        Assert.Equal(readable, document.RootElement.GetProperty("reason_columns").EnumerateArray().Single(column => column.GetProperty("column").GetString() != "amount").GetProperty("column").GetString());
    }

    [Fact]
    public void A_quarter_of_a_million_rows_give_a_small_page()
    {
        var random = new Random(3);
        string page = new EvaluationReport(Evaluated(9, 250_000)).ToHtml();
        Check(page);
        Assert.InRange(page.Length, 10_000, 200_000);
        string comparison = new ComparisonReport([.. Enumerable.Range(0, 20).Select(detector => Evaluated(detector, 30_000))]).ToHtml();
        Check(comparison);
        Assert.InRange(comparison.Length, 10_000, 1_000_000);
        Assert.Contains("The 16 best of 20 are drawn.", comparison, StringComparison.Ordinal);

        DetectorEvaluation Evaluated(int detector, int rows)
        {
            bool[] labels = [.. Enumerable.Range(0, rows).Select(row => row % 10 == 0)];
            return DetectorEvaluation.Of($"detector {detector}", labels, [.. labels.Select(label => (float)(random.NextDouble() + (label ? 0.03 * detector : 0)))], 0.99);
        }
    }

    [Fact]
    public void Many_alerts_columns_and_files_are_shown_in_part_and_counted_in_full()
    {
        var alert = Alerts("amount")[0];
        var report = new EvaluationReport(Measured("x"))
        {
            Alerts = [.. Enumerable.Range(0, 5000).Select(row => alert with { Row = row })],
            Origin = new ReportOrigin { DataFiles = [.. Enumerable.Range(0, 3000).Select(file => $"part-{file}.csv")] },
        };
        string page = report.ToHtml();
        Check(page);
        Assert.Contains("30 of 5,000 shown.", page, StringComparison.Ordinal);
        Assert.Contains("and 2980 more", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 10_000, 200_000);
    }

    [Fact]
    public void The_axis_of_scores_says_whether_it_is_logarithmic()
    {
        Assert.Contains(">score (logarithmic)<", Evaluation("x").ToHtml(), StringComparison.Ordinal);
        bool[] labels = [.. Enumerable.Range(0, 1000).Select(row => row % 100 == 3)];
        string even = new EvaluationReport(DetectorEvaluation.Of("x", labels, [.. labels.Select((_, row) => row / 1000f)], 0.9)).ToHtml();
        Assert.Contains(">score<", even, StringComparison.Ordinal);
        Assert.DoesNotContain("logarithmic)", even, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_evaluation_gives_the_same_page() => Assert.Equal(Evaluation("x").ToHtml(), Evaluation("x").ToHtml());

    [Fact]
    public void The_origin_is_told()
    {
        string page = Evaluation("x").ToHtml();
        foreach (string shown in (string[])["isolation-forest", "TreeCount=100, Seed=7", "2026-11-28 12:00:00 +02:00", "18446744073709551615", "Class", "0.3.0"])
            Assert.Contains($"<bdi>{shown}</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What made this report", new EvaluationReport(Measured("x")).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_written_by_their_ending()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (string name in (string[])["report.json", "report.HTML", "report.htm"])
            {
                string path = Path.Combine(folder, name);
                Evaluation("x").Save(path);
                Assert.Equal(name.EndsWith("json", StringComparison.Ordinal) ? Evaluation("x").ToJson() : Evaluation("x").ToHtml(), File.ReadAllText(path));
                Comparison("x").Save(path);
            }

            Assert.Contains("'.txt'", Assert.Throws<ArgumentException>(() => Evaluation("x").Save(Path.Combine(folder, "report.txt"))).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        // To be looked at in a browser: a folder.
        if (Environment.GetEnvironmentVariable("ANOMALYKIT_REPORT_PAGES") is { Length: > 0 } pages)
        {
            Evaluation("isolation-forest").Save(Path.Combine(pages, "evaluation.html"));
            Evaluation(Attack + new string('w', 300)).Save(Path.Combine(pages, "hostile.html"));
            Comparison("isolation-forest").Save(Path.Combine(pages, "comparison.html"));
        }
    }

    /// <summary>No address, no script, names within drawings that differ, and drawings that are well formed.</summary>
    private static void Check(string page)
    {
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("https?:|//[a-z]|@import|url\\((?!#)|src=[^x]|href=(?!\"#)|<script", page.Replace("&lt;script", string.Empty, StringComparison.Ordinal));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        string[] names = [.. Regex.Matches(page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(names.Distinct(), names);
        var drawings = Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline);
        Assert.NotEmpty(drawings);
        Assert.All(drawings, drawing =>
        {
            var svg = XElement.Parse(drawing.Value);
            Assert.All(Regex.Matches(drawing.Value, "#(clip[^)\"]+)"), used => Assert.Contains(used.Groups[1].Value, names));
            Assert.NotEmpty(svg.Descendants("text"));
        });
    }

    private static EvaluationReport Evaluation(string name) => new(Measured(name))
    {
        Title = name,
        Alerts = Alerts(name),
        Origin = new ReportOrigin
        {
            Model = name,
            ModelKind = "isolation-forest",
            ThresholdOrigin = name,
            Version = "0.3.0",
            Seed = ulong.MaxValue,
            DataFiles = [name],
            LabelColumn = "Class",
            Options = new Dictionary<string, string> { ["TreeCount"] = "100", ["Seed"] = "7" },
            CreatedAt = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.FromHours(2)),
        },
    };

    private static ComparisonReport Comparison(string name) => new(Measured(name), Measured(name + "2", 0.5f), Measured("three", 0.2f)) { Title = name, Origin = new ReportOrigin { Model = name } };

    private static DetectorEvaluation Measured(string name, float separation = 1)
    {
        var random = new Random(8);
        bool[] labels = [.. Enumerable.Range(0, 20_000).Select(row => row % 250 == 3)];
        float[] scores = [.. labels.Select(label => (float)Math.Exp((2.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(6.2831853 * random.NextDouble())) + (label ? 6 * separation : 0)))];
        return DetectorEvaluation.Of(name, labels, scores, 400) with { TrainRowCount = 10_000, FitSeconds = 0.62, ScoreSeconds = 12.3 };
    }

    private static IReadOnlyList<ReportedAlert> Alerts(string name)
    {
        var random = new Random(4);
        var rows = FeatureMatrix.FromRows([.. Enumerable.Range(0, 400).Select(row => new[] { random.NextSingle(), row < 5 ? 8 - row : random.NextSingle() })], ["amount", name is "amount" ? "hour" : name.Replace('\ud800', '\ufffd')]);
        var detector = new IsolationForestTrainer { Seed = 7 }.Fit(rows);
        return [.. Enumerable.Range(0, 5).Select(row => new ReportedAlert(row, detector.Attribute(rows, row), [name, "amount is 0.71: 30 % of the training rows are at least as high."], row % 2 == 0))];
    }
}
