using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnomalyKit.Monitoring.Reports;

/// <summary>Turns a comparison by groups into the document that is written.</summary>
internal static class GroupJson
{
    public static GroupDocument Of(GroupedDrift drift, string title, string? reference, string? current) => new(
        "anomalykit.drift_by_group",
        1,
        title,
        reference,
        current,
        drift.ColumnName,
        drift.IsDrifted,
        GroupWords.Advice(drift),
        drift.Options.Level,
        [.. drift.Groups.Select(group => new GroupEntry(
            group.Name,
            GroupWords.Status(group),
            group.IsDrifted,
            group.ReferenceRowCount,
            group.CurrentRowCount,
            [.. group.DriftedColumns.Select(Column)],
            group.Comparison?.Scores is { } scores ? Column(scores) : null,
            group.Comparison?.Alerts is { } alerts ? new GroupAlerts(alerts.IsDrifted, alerts.ReferenceFraction, alerts.CurrentFraction, alerts.PValue) : null))]);

    private static GroupColumn Column(ColumnDrift column) => new(column.Name, column.IsDrifted, column.DriftEffect, column.DriftPValue, column.IsMissingDrift, column.Change);
}

internal sealed record GroupDocument(string Format, int Version, string Title, string? Reference, string? Current, string Column, bool Drifted, string Advice, double GroupLevel, GroupEntry[] Groups);

internal sealed record GroupEntry(string? Group, string Status, bool Drifted, long ReferenceRows, long CurrentRows, GroupColumn[] DriftedColumns, GroupColumn? Scores, GroupAlerts? AlertShare);

internal sealed record GroupColumn(string Name, bool Drifted, double Effect, double PValue, bool Missing, string Change);

internal sealed record GroupAlerts(bool Drifted, double Reference, double Current, double PValue);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(GroupDocument))]
internal sealed partial class GroupJsonContext : JsonSerializerContext
{
    /// <summary>Arrows, quotes and letters of other scripts stay as they are: the document is never part of a page.</summary>
    public static GroupJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
