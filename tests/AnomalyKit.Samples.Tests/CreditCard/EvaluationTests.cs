using System.Globalization;
using System.Text.Json;
using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.Tests.CreditCard;

/// <summary>The main job from end to end on a small made-up set: run once, looked at from all sides.</summary>
public sealed partial class EvaluationTests(EvaluationTests.SmallRun run) : IClassFixture<EvaluationTests.SmallRun>
{
    private static readonly string[] Numbers =
    [
        "fit_seconds", "score_seconds", "train_rows", "test_rows", "roc_auc", "average_precision", "precision", "recall", "f1", "macro_f1",
        "weighted_f1", "best_f1", "threshold",
    ];

    [Fact]
    public void Results_have_the_agreed_shape()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(run.File("results.json")));
        var root = json.RootElement;
        Assert.Equal(["data", "machine", "runs"], Names(root));
        Assert.Equal(["source", "rows", "frauds", "sha256"], Names(root.GetProperty("data")));
        Assert.Equal("synthetic", root.GetProperty("data").GetProperty("source").GetString());
        Assert.Equal(20_000, root.GetProperty("data").GetProperty("rows").GetInt32());
        Assert.Equal(["os", "cpu", "cores", "runtime", "simd"], Names(root.GetProperty("machine")));
        Assert.Equal(6 * DetectorCatalog.Default.Entries.Count, root.GetProperty("runs").GetArrayLength());
        foreach (var line in root.GetProperty("runs").EnumerateArray())
        {
            Assert.Equal(["protocol", "detector", "settings", .. Numbers, "confusion"], Names(line));
            foreach (string name in Numbers)
                Assert.True(double.IsFinite(line.GetProperty(name).GetDouble()));
            Assert.Equal(["tn", "fp", "fn", "tp"], Names(line.GetProperty("confusion")));
            Assert.Equal(
                line.GetProperty("test_rows").GetInt64(), line.GetProperty("confusion").EnumerateObject().Sum(count => count.Value.GetInt64()));
            Assert.True(line.GetProperty("best_f1").GetDouble() >= line.GetProperty("f1").GetDouble());
        }
    }

    [Fact]
    public void Every_detector_runs_with_both_settings_under_every_protocol()
    {
        var expected =
            from protocol in new[] { "reference", "temporal", "all-rows" }
            from detector in DetectorCatalog.Default.Entries
            from settings in new[] { "reference", "recommended" }
            select (protocol, detector.Name, settings);
        Assert.Equal(expected, run.Report.Runs.Select(line => (line.Protocol, line.Detector, line.Settings)));
    }

    [Fact]
    public void Csv_has_a_row_for_each_run()
    {
        string[] lines = File.ReadAllLines(run.File("model_performance_report.csv"));
        Assert.Equal(run.Report.Runs.Count + 1, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        int column = Array.IndexOf(lines[0].Split(','), "roc_auc");
        Assert.Equal(run.Report.Runs[0].RocAuc, double.Parse(lines[1].Split(',')[column], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_highest_alerts_have_reasons_that_add_up()
    {
        var reasons = run.Report.Reasons;
        Assert.Equal(10, reasons.Alerts.Count);
        Assert.Equal(reasons.Alerts.Select(alert => alert.Explanation.Score).OrderDescending(), reasons.Alerts.Select(alert => alert.Explanation.Score));
        string html = File.ReadAllText(run.File("report.html"));
        foreach (var alert in reasons.Alerts)
        {
            var attribution = alert.Explanation.Attribution;
            double sum = attribution.Baseline;
            foreach (double contribution in attribution.Contributions)
                sum += contribution;
            Assert.Equal(attribution.Explained, sum, 1e-5 * Math.Max(Math.Abs(attribution.Explained), Math.Abs(attribution.Baseline)));
            Assert.NotEmpty(alert.Explanation.Reasons);
            Assert.Contains(System.Net.WebUtility.HtmlEncode(alert.Explanation.Reasons[0].Sentence), html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Day_two_is_compared_under_the_temporal_protocol()
    {
        string[] temporal = [.. run.Report.Runs.Where(line => line.Protocol == "temporal").Select(line => line.FileStem)];
        Assert.Equal(temporal, run.Report.DayTwo.Select(moved => moved.Run.FileStem));
        Assert.Equal(temporal.Length > 0, File.Exists(run.File("drift.html")));
        Assert.All(run.Report.DayTwo, moved => Assert.Equal(30, moved.Comparison.Columns.Count));
    }

    [Fact]
    public void Pictures_are_there_and_whole()
    {
        string[] pictures = ["model_evaluation_curves.png", .. run.Report.Runs.SelectMany(line => new[] { $"{line.FileStem}-confusion.png", $"{line.FileStem}-scores.png" })];
        foreach (string name in pictures)
        {
            using var picture = SkiaSharp.SKBitmap.Decode(run.File(name));
            Assert.NotNull(picture);
            Assert.True(picture.Width >= 600, name);
        }
    }

    [Fact]
    public void Models_give_the_same_labels_again()
    {
        var line = run.Report.Runs[1];
        var detector = DetectorFile.Load(run.File($"{line.FileStem}.akm"));
        Assert.Equal(line.Threshold, detector.Threshold);
        Assert.Equal(run.Report.Data.Rows.Schema, detector.Schema);
    }

    [Fact]
    public void Without_all_one_protocol_runs_and_day_two_is_looked_at_by_quick_detectors()
    {
        using var folder = new TemporaryFolder();
        var view = new SilentView();
        var options = new EvaluationOptions { OutputFolder = folder.Path, Detectors = ["isolation-forest", "nearest-neighbors"], Synthetic = new SyntheticOptions { Rows = 20_000 } };
        var report = SmallRun.Evaluation(view).Run(options, default);
        Assert.All(report.Runs, line => Assert.Equal("reference", line.Protocol));
        Assert.Equal(["isolation-forest", "isolation-forest"], report.DayTwo.Select(moved => moved.Run.Detector));
        Assert.True(File.Exists(folder.File("isolation-forest/reference-recommended.akm")));
        Assert.False(File.Exists(folder.File("isolation-forest/reference-reference.akm")));

        string told = string.Join('\n', view.Said);
        Assert.Contains("Frauds caught in", told, StringComparison.Ordinal);
        Assert.Contains("highest alerts of nearest-neighbors", told, StringComparison.Ordinal);
        Assert.Contains("Day two:", told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_made_up_set_is_announced() =>
        Assert.Contains(run.View.Said, text => text.Contains("SYNTHETIC", StringComparison.Ordinal) && text.Contains("CREDITCARD_CSV", StringComparison.Ordinal));

    [Fact]
    public void Nothing_half_written_is_left() => Assert.DoesNotContain(Directory.GetFiles(run.Folder, "*", SearchOption.AllDirectories), file => file.EndsWith(".tmp", StringComparison.Ordinal));

    [Fact]
    public void Cancelling_leaves_whole_files_only()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var view = new SilentView
        {
            OnStep = title =>
            {
                if (title.StartsWith("temporal", StringComparison.Ordinal))
                    stop.Cancel();
            },
        };
        var options = new EvaluationOptions { OutputFolder = folder.Path, Everything = true, Detectors = ["isolation-forest"], Synthetic = new SyntheticOptions { Rows = 20_000 } };
        Assert.ThrowsAny<OperationCanceledException>(() => SmallRun.Evaluation(view).Run(options, stop.Token));
        string[] files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.File("results.json")));
    }

    [Fact]
    public void A_test_set_of_one_class_is_an_error()
    {
        using var folder = new TemporaryFolder();
        string csv = folder.File("late.csv");
        File.WriteAllLines(csv, ["a,b,Class", .. Enumerable.Range(0, 400).Select(i => $"{i % 7},{i % 5},{(i < 5 ? 1 : 0)}")]);
        var options = new EvaluationOptions { DataPath = csv, Protocols = ["temporal"], OutputFolder = folder.File("out") };
        var error = Assert.Throws<SampleException>(() => SmallRun.Evaluation(new SilentView()).Run(options, default));
        Assert.Contains("0 of the 200 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_ones_own_is_read_and_hashed()
    {
        using var folder = new TemporaryFolder();
        string csv = folder.File("mine.csv");
        File.WriteAllText(csv, string.Join('\n', ["a,b,Class", .. Enumerable.Range(0, 400).Select(i => $"{i % 7},{i % 5},{(i % 40 == 0 ? 1 : 0)}")]));
        var data = CreditCardFile.Load(csv, new Progress<double>(), default);
        Assert.Equal(("mine.csv", 400, 10), (data.Source, data.Rows.RowCount, data.Frauds));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(csv))), data.Sha256);
        Assert.Equal("a file of your own", data.Identity);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    /// <summary>One evaluation for all tests of the class.</summary>
    public sealed class SmallRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public SmallRun() => Report = Run(View, _folder.Path, default);

        internal SilentView View { get; } = new();

        internal CreditCardReport Report { get; }

        internal string Folder => _folder.Path;

        public void Dispose() => _folder.Dispose();

        internal string File(string name) => _folder.File(name);

        internal static CreditCardEvaluation Evaluation(SilentView view)
        {
            string nowhere = Path.Combine(Path.GetTempPath(), "no-such-folder", "below");
            return new CreditCardEvaluation(DetectorCatalog.Default, new DataLocator(nowhere, nowhere, _ => null), view);
        }

        internal static CreditCardReport Run(SilentView view, string folder, CancellationToken cancellationToken) => Evaluation(view).Run(
            new EvaluationOptions { OutputFolder = folder, Everything = true, Synthetic = new SyntheticOptions { Rows = 20_000 } }, cancellationToken);
    }
}
