using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using AnomalyKit.Tests;

namespace AnomalyKit.Quality.Tests;

public sealed class QualityRunTests : IDisposable
{
    private static readonly string[] Keys = ["roc_auc", "average_precision", "fit_seconds", "score_seconds", "seeds"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_set_gets_an_entry_for_every_detector()
    {
        WriteSet("2_second");
        WriteSet("10_tenth");
        string output = _folder.File("out.json");

        var outcome = Run(output, detectors: null);

        Assert.Empty(outcome.Failures);
        Assert.Equal(["2_second", "10_tenth"], outcome.Sets.Select(set => set.Name));
        var root = JsonNode.Parse(File.ReadAllText(output))!.AsObject();
        Assert.Equal(["2_second", "10_tenth"], root.Select(pair => pair.Key));
        foreach (var (_, detectors) in root)
        {
            Assert.Equal(QualityDetectors.All.Select(detector => detector.Key), detectors!.AsObject().Select(pair => pair.Key));
            foreach (var (_, figures) in detectors.AsObject())
            {
                Assert.Equal(Keys, figures!.AsObject().Select(pair => pair.Key));
                Assert.InRange(figures["roc_auc"]!.GetValue<double>(), 0.99, 1);
                Assert.InRange(figures["average_precision"]!.GetValue<double>(), 0.9, 1);
                Assert.True(figures["fit_seconds"]!.GetValue<double>() > 0);
            }
        }

        Assert.False(File.Exists(output + ".partial"));
    }

    [Fact]
    public void A_later_run_keeps_what_it_finds_and_adds_what_is_missing()
    {
        WriteSet("1_first");
        string output = _folder.File("out.json");
        Run(output);
        Mark(output, "1_first");
        WriteSet("2_second");

        var outcome = Run(output);

        Assert.Equal(0.125, outcome.Results.Find("1_first", "isolation-forest")!.RocAuc);
        Assert.InRange(outcome.Results.Find("2_second", "isolation-forest")!.RocAuc, 0.99, 1);
        Assert.Equal(0.125, QualityResults.Load(output).Find("1_first", "isolation-forest")!.RocAuc);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Force_and_another_number_of_seeds_measure_again(int seeds, bool force)
    {
        WriteSet("1_first");
        string output = _folder.File("out.json");
        Run(output);
        Mark(output, "1_first");

        var outcome = Run(output, seeds, force);

        var figures = outcome.Results.Find("1_first", "isolation-forest")!;
        Assert.InRange(figures.RocAuc, 0.99, 1);
        Assert.Equal(seeds, figures.Seeds);
    }

    [Fact]
    public void A_bad_set_is_reported_and_the_others_are_measured()
    {
        WriteSet("1_first");
        WriteText("2_bad", "f0,f1,label\n1,x,0\n");
        WriteText("3_unlabelled", "f0,f1\n1,2\n");
        WriteText("4_few", "f0,label\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{(i < 3 ? 1 : 0)}\n")));
        File.WriteAllText(_folder.File("5_no_gzip.csv.gz"), "not packed");
        WriteSet("6_last");
        string output = _folder.File("out.json");

        var outcome = Run(output);

        Assert.Equal(
            ["2_bad", "3_unlabelled", "4_few, isolation-forest", "5_no_gzip"],
            outcome.Failures.Select(failure => failure[..failure.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("'f1'", outcome.Failures[1], StringComparison.Ordinal);
        Assert.Equal(["1_first", "6_last"], JsonNode.Parse(File.ReadAllText(output))!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void Options_that_cannot_be_met_say_so()
    {
        Assert.Contains("isolation-forest", Fails(new QualityOptions(_folder.Path, "nonesuch", 1, null, false)), StringComparison.Ordinal);
        Assert.Contains("NAME.csv.gz", Fails(new QualityOptions(_folder.Path, null, 1, null, false)), StringComparison.Ordinal);
        Assert.Contains("no folder", Fails(new QualityOptions(_folder.File("absent"), null, 1, null, false)), StringComparison.Ordinal);
        WriteSet("1_first");
        Assert.Contains("no folder", Fails(new QualityOptions(_folder.Path, null, 1, _folder.File("absent/out.json"), false)), StringComparison.Ordinal);
        string output = _folder.File("out.json");
        File.WriteAllText(output, "[1]");
        Assert.Contains("--force", Fails(new QualityOptions(_folder.Path, null, 1, output, false)), StringComparison.Ordinal);
        Assert.Equal("[1]", File.ReadAllText(output));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_exit_code_says_whether_all_went_well(int expected)
    {
        WriteSet("1_first");
        if (expected == 1)
            WriteText("2_bad", "f0,label\nx,0\n");

        Assert.Equal(expected, await QualityCommand.Create().Parse([_folder.Path, "--seeds", "1"]).InvokeAsync());
    }

    [DataFact("adbench/38_thyroid.csv.gz")]
    public void Thyroid_is_within_seed_noise_of_the_peer()
    {
        string folder = Path.GetDirectoryName(DataFiles.Find("adbench/38_thyroid.csv.gz"))!;
        var set = QualitySet.Find(folder).Single(set => set.Name == "38_thyroid");

        var figures = QualityMeasurement.Measure(
            set.Load(CancellationToken.None), QualityDetectors.Choose("isolation-forest")[0].Value, 3, CancellationToken.None);

        // scikit-learn 1.2.1, the same splits: .9742 and .5123.
        Assert.InRange(figures.RocAuc, 0.96, 0.99);
        Assert.InRange(figures.AveragePrecision, 0.4, 0.65);
    }

    private static string Fails(QualityOptions options) =>
        Assert.Throws<QualityException>(() => QualityRun.Run(options, new Silence(), CancellationToken.None)).Message;

    private QualityRun.Outcome Run(string output, int seeds = 2, bool force = false, string? detectors = "isolation-forest") =>
        QualityRun.Run(new QualityOptions(_folder.Path, detectors, seeds, output, force), new Silence(), CancellationToken.None);

    /// <summary>Puts a figure into the file that no detector would reach.</summary>
    private static void Mark(string output, string set)
    {
        var results = QualityResults.Load(output);
        results.Set(set, "isolation-forest", results.Find(set, "isolation-forest")! with { RocAuc = 0.125 });
        results.Save(output);
    }

    /// <summary>300 rows, of which every tenth lies far out.</summary>
    private void WriteSet(string name)
    {
        var random = new Random(1);
        var text = new StringBuilder("f0,f1,label\n");
        for (int row = 0; row < 300; row++)
        {
            int shift = row % 10 == 0 ? 20 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble() + shift},{random.NextDouble() - shift},{(shift > 0 ? 1 : 0)}\n");
        }

        WriteText(name, text.ToString());
    }

    private void WriteText(string name, string text)
    {
        using var packed = new GZipStream(File.Create(_folder.File(name + ".csv.gz")), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
    }

    private sealed class Silence : IProgress<QualityProgress>
    {
        public void Report(QualityProgress value)
        {
        }
    }
}
