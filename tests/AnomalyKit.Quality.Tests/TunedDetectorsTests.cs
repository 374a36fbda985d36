using System.IO.Compression;
using System.Text.Json.Nodes;

namespace AnomalyKit.Quality.Tests;

public sealed class TunedDetectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Halves_share_no_row_and_have_equal_parts_of_the_anomalies()
    {
        float[] cells = [.. Enumerable.Range(0, 101).Select(row => (float)row)];
        var data = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(1), Enumerable.Range(0, 101).Select(row => row % 10 == 0).ToArray());

        var halves = TunedHalves.Draw(data, 1000, 1);

        Assert.Equal(cells, CellsOf(halves.Tuning).Concat(CellsOf(halves.Test)).Order());
        Assert.Equal((6, 5), (halves.Tuning.Labels.Span.Count(true), halves.Test.Labels.Span.Count(true)));
        Assert.Equal(40, TunedHalves.Draw(data, 40, 1).Tuning.RowCount * 2);
    }

    [Fact]
    public async Task All_parts_are_measured_once_and_printed()
    {
        WriteSet("1_first");
        string output = _folder.File("out.json");
        string[] arguments = ["tuned", _folder.Path, "--detectors", "isolation-forest,elliptic-envelope,ensemble", "--parts", "pruning", "--trials", "2", "--out", output];
        Assert.Equal(0, await QualityCommand.Create().Parse(arguments).InvokeAsync());

        var figures = JsonNode.Parse(File.ReadAllText(output))!.AsObject();
        Assert.Equal(["pruning/1_first/elliptic-envelope", "pruning/1_first/ensemble", "pruning/1_first/isolation-forest"], figures.Select(pair => pair.Key));
        Assert.InRange(figures["pruning/1_first/isolation-forest"]!["full"]!.GetValue<double>(), 0.9, 1);

        string before = File.ReadAllText(output);
        Assert.Equal(0, await QualityCommand.Create().Parse(arguments).InvokeAsync());
        Assert.Equal(before, File.ReadAllText(output));
    }

    [Fact]
    public void Tables_show_means_over_sets()
    {
        var figures = new TunedFigures(path: null);
        figures.Fill("labels/a/forest", () => Labels(0.5, 0.6, 0.58));
        figures.Fill("labels/b/forest", () => Labels(0.1, 0.4, 0.44));
        figures.Fill("unlabeled/a", () => new() { ["detector ensemble"] = 0.5, ["by injection"] = 0.4, ["agreement"] = 0.25 });
        var text = new StringWriter();

        TunedTables.Write(figures, text);

        Assert.Contains("| forest | 2 | 0.300 | 0.500 | 0.200 | 0.700 | 0.510 | 0.010 | 1.000 |", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("| by injection | 1 | 0.400 | -0.100 | 1.000 |", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.25", text.ToString(), StringComparison.Ordinal);

        static Dictionary<string, double> Labels(double before, double tuned, double estimate) =>
            new() { ["default"] = before, ["tuned"] = tuned, ["estimate"] = estimate, ["low"] = 0, ["high"] = 1, ["selected_on"] = 0.7 };
    }

    private static IEnumerable<float> CellsOf(FeatureMatrix data) => Enumerable.Range(0, data.RowCount).Select(row => data.Cells(row)[0]);

    private void WriteSet(string name)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(_folder.File(name + ".csv.gz")), CompressionMode.Compress));
        writer.WriteLine("x,y,label");
        for (int row = 0; row < 240; row++)
            writer.WriteLine(FormattableString.Invariant($"{row % 7},{row % 11},0"));
        for (int row = 0; row < 24; row++)
            writer.WriteLine(FormattableString.Invariant($"{100 + row},{-100 - row},1"));
    }
}
