using System.Globalization;
using AnomalyKit.Files;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>Runs for people.</summary>
internal static class RunViews
{
    private const int MaxMetrics = 6;
    private const int MaxLength = 60;

    public static void List(ToolContext context, IReadOnlyList<RunRecord> runs)
    {
        // The metrics that most runs have are worth a column.
        string[] metrics =
        [
            .. runs.SelectMany(run => run.Metrics.Keys).GroupBy(name => name, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(MaxMetrics).Select(group => group.Key),
        ];
        var table = new TextTable(["run", "experiment", "name", "status", "started", .. metrics.Select(name => $">{name}")]);
        foreach (var run in runs)
        {
            table.Row(
                [run.Id, Short(run.Experiment), Short(run.Name ?? "-"), Status(run), Time(run.Started), .. metrics.Select(name => run.Metrics.TryGetValue(name, out var point) ? Number(point.Value) : "-")]);
        }

        table.Write(context);
    }

    public static void Show(ToolContext context, RunRecord run, IReadOnlyList<RunArtifact> artifacts)
    {
        var table = new TextTable("what", "name", "value");
        table.Row("run", "identifier", run.Id);
        table.Row("run", "experiment", run.Experiment);
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("name", run.Name), ("part of", run.ParentRunId)])
        {
            if (value is not null)
                table.Row("run", name, value);
        }

        table.Row("run", "status", Status(run));
        table.Row("run", "started", Time(run.Started));
        if (run.Ended is { } ended)
            table.Row("run", "ended", Time(ended));
        foreach (var (name, value) in run.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            table.Row("parameter", name, value);
        foreach (var point in run.Metrics.Values.OrderBy(point => point.Name, StringComparer.Ordinal))
            table.Row("metric", point.Name, point.Step == 0 ? Number(point.Value) : $"{Number(point.Value)} (step {point.Step})");
        foreach (var (name, value) in run.Tags.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            table.Row("tag", name, value);
        foreach (var artifact in artifacts)
            table.Row("artifact", artifact.Path, $"{artifact.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes");
        table.Write(context);
    }

    public static void Compare(ToolContext context, RunComparisonReport report)
    {
        var table = new TextTable(["what", "name", .. report.Runs.Select(run => Short(run.Name))]);
        foreach (string name in report.Runs.SelectMany(run => run.Parameters.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            string?[] values = [.. report.Runs.Select(run => run.Parameters.GetValueOrDefault(name))];
            if (report.Runs.Count == 1 || values.Distinct().Count() > 1)
                table.Row(["parameter", name, .. values.Select(value => Short(value ?? "-"))]);
        }

        foreach (string name in report.Runs.SelectMany(run => run.Metrics.Keys).Distinct().Order(StringComparer.Ordinal))
            table.Row(["metric", name, .. report.Runs.Select(run => run.Metrics.TryGetValue(name, out double value) ? Number(value) : "-")]);
        table.Write(context);
    }

    public static void Export(IReadOnlyList<RunRecord> runs, string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            using var writer = TableFiles.Create(path);
            writer.Write(RunTable.Of(runs));
            writer.Complete();
            return;
        }

        using var file = new FileBeside(path);
        file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(RunJson.Of(runs)));
        file.Place();
    }

    private static string Status(RunRecord run) => run.Status.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
}
