using System.CommandLine;
using System.Globalization;
using AnomalyKit.TextValues;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>The options of <c>drift</c> that compare each group of rows with itself, and what they print.</summary>
internal sealed class DriftByGroup
{
    private const int MostColumns = 5;

    private readonly Option<string> _by = new("--by")
    {
        Description = "Compares each group of rows, such as those of a machine, with the same group of --reference: a column whose values make the groups.",
        HelpName = "COLUMN",
    };

    private readonly Option<string[]> _reference = new("--reference")
    {
        Description = "Rows of before, for --by: files, folders or patterns, read like DATA; once for each.",
        HelpName = "DATA",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_by);
        command.Options.Add(_reference);
    }

    /// <summary>Whether groups were asked for.</summary>
    public bool IsGiven(ParseResult parsed)
    {
        bool hasReference = parsed.GetValue(_reference)!.Length > 0;
        if (parsed.GetValue(_by) is null)
            return hasReference ? throw new UsageException("--reference goes with --by COLUMN: without groups, rows are compared with what the model keeps of its training rows.") : false;
        return hasReference
            ? true
            : throw new UsageException("--by compares each group with the same group of before, and a model keeps no groups of its training rows. Name a table that has them with --reference, for example the one that the model was fitted on.");
    }

    /// <summary>The tables of before.</summary>
    public TableFiles Reference(ParseResult parsed, DataOptions data) => TableFiles.Find(parsed.GetValue(_reference)!, data.FormatOf(parsed));

    /// <summary>Compares, and prints.</summary>
    /// <returns>What was compared.</returns>
    public GroupedDrift Run(ToolContext context, ParseResult parsed, TableDetector detector, DataOptions data, TableFiles files, DriftOptions options, int threads, string? report, bool asJson)
    {
        string column = parsed.GetValue(_by)!;
        var drift = ProgressView.Run(context, "Reading", progress =>
        {
            var reading = data.Reading(parsed, context.Say, threads);
            using var before = detector.OpenFiles(Reference(parsed, data), [column], reading: reading, cancellationToken: context.CancellationToken);
            using var now = detector.OpenFiles(files, [column], reading: reading, cancellationToken: context.CancellationToken);
            return detector.CompareDriftByGroup(before, now, column, options, new TableScoreOptions { MaxDegreeOfParallelism = threads, Progress = ProgressView.Rows(now, "compared", progress) }, context.CancellationToken);
        });
        var page = new GroupedDriftReport(drift) { Title = $"Drift of {files} by {column}", ReferenceName = $"{Reference(parsed, data)}", CurrentName = $"{files}" };
        if (report is not null)
            page.Save(report);
        if (asJson)
            JsonText.Write(context, page.ToJson());
        else
            Print(context, page);
        return drift;
    }

    private static void Print(ToolContext context, GroupedDriftReport report)
    {
        var table = new TextTable("group", "status", ">effect", ">rows before", ">rows now", "what moved");
        foreach (var group in report.Drift.Groups)
            table.Row(group.Name ?? "(missing)", Status(group), group.IsDrifted ? group.Effect.ToString("G3", CultureInfo.InvariantCulture) : "-", Count(group.ReferenceRowCount), Count(group.CurrentRowCount), Moved(group));
        table.Write(context);
        context.Text.WriteLine($"{SentenceText.Capital(TextTable.Printable(report.Drift.ToString()))}.");
        context.Text.WriteLine(report.Advice);
    }

    private static string Status(GroupDrift group) =>
        group.Comparison is not null ? group.IsDrifted ? "Drifted" : group.HasTooFewRows ? "Too few rows" : "Stable" : group.ReferenceRowCount == 0 ? "not in the reference" : "no rows now";

    private static string Moved(GroupDrift group)
    {
        var columns = group.DriftedColumns;
        var parts = columns.Take(MostColumns).Select(column => column.Change.Length > 0 ? $"{column.Name} ({column.Change})" : column.Name).ToList();
        if (columns.Count > MostColumns)
            parts.Add($"{columns.Count - MostColumns} more columns");
        if (group.Comparison?.Scores?.IsDrifted == true)
            parts.Add("scores");
        if (group.Comparison?.Alerts is { IsDrifted: true } alerts)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"alerts {100 * alerts.ReferenceFraction:G3} % → {100 * alerts.CurrentFraction:G3} %"));
        return string.Join(", ", parts);
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
