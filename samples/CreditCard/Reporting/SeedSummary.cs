using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Runs that differ in their seed alone, as means and standard errors.</summary>
internal static class SeedSummary
{
    private static readonly (string Title, string Key)[] Figures =
    [
        ("ROC AUC", "roc_auc"),
        ("AP", "average_precision"),
        ("precision", "precision"),
        ("recall", "recall"),
        ("F1", "f1"),
        ("macro-F1", "macro_f1"),
        ("weighted-F1", "weighted_f1"),
    ];

    /// <summary>A Markdown table for each protocol and settings of the given <c>results.json</c> files.</summary>
    /// <param name="paths">Files of runs on the same data.</param>
    /// <returns>The tables.</returns>
    /// <exception cref="SampleException">A file is missing or no such file, or the runs are not of the same data and detectors.</exception>
    public static string Markdown(IReadOnlyList<string> paths)
    {
        var files = paths.Select(Read).ToArray();
        foreach (var file in files)
        {
            if (file.Data != files[0].Data)
                throw new SampleException($"'{file.Path}' is of other data ({file.Data}) than '{files[0].Path}' ({files[0].Data}).");
            if (!file.Runs.Select(run => run.Name).SequenceEqual(files[0].Runs.Select(run => run.Name)))
                throw new SampleException($"'{file.Path}' has other protocols, detectors or settings than '{files[0].Path}'; only seeds may differ.");
        }

        var text = new StringBuilder();
        foreach (var table in files[0].Runs.Index().GroupBy(run => (run.Item.Name.Protocol, run.Item.Name.Settings)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{table.Key.Protocol}, {table.Key.Settings} settings, {files.Length} seeds:\n");
            text.AppendLine(CultureInfo.InvariantCulture, $"| detector | {string.Join(" | ", Figures.Select(figure => figure.Title))} |");
            text.AppendLine(string.Concat(Enumerable.Repeat("| --- ", Figures.Length + 1)) + "|");
            foreach (var (index, run) in table)
            {
                var cells = Enumerable.Range(0, Figures.Length).Select(figure => Cell([.. files.Select(file => file.Runs[index].Values[figure])]));
                text.AppendLine(CultureInfo.InvariantCulture, $"| {run.Name.Detector} | {string.Join(" | ", cells)} |");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>The mean, and the standard error where there is one that three digits show.</summary>
    private static string Cell(double[] values)
    {
        double mean = values.Average();
        double error = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        return error < 0.0005
            ? mean.ToString("0.000", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {error:0.000}");
    }

    private static ResultsFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var data = document.RootElement.GetProperty("data");
            return new ResultsFile(
                path,
                $"{data.GetProperty("rows").GetInt32()} rows, {data.GetProperty("frauds").GetInt32()} frauds",
                [.. document.RootElement.GetProperty("runs").EnumerateArray().Select(run => new Run(
                    new RunName(Text(run, "protocol"), Text(run, "detector"), Text(run, "settings")),
                    [.. Figures.Select(figure => run.GetProperty(figure.Key).GetDouble())]))]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SampleException($"'{path}' is not the results.json of a run: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SampleException($"'{path}' cannot be read: {exception.Message}");
        }
    }

    private static string Text(JsonElement run, string key) => run.GetProperty(key).GetString() ?? "";

    private sealed record ResultsFile(string Path, string Data, Run[] Runs);

    private sealed record Run(RunName Name, double[] Values);

    private sealed record RunName(string Protocol, string Detector, string Settings);
}
