using System.Text.Json.Serialization;
using AnomalyKit.Monitoring.Windows;

namespace AnomalyKit.Monitoring.Reports;

/// <summary>Turns a comparison into the document that is written.</summary>
internal static class ReportJson
{
    public static ReportDocument Of(DriftComparison comparison, string title, string advice, DateTimeOffset? since, DateTimeOffset? until, ClassifierTestResult? classifier) => new(
        "anomalykit.drift",
        1,
        title,
        since,
        until,
        comparison.IsDrifted,
        advice,
        comparison.ReferenceRowCount,
        comparison.CurrentRowCount,
        [.. SmallChanges.Of(comparison).Select(column => new ReportSmallChange(column.Name, SmallChanges.Effect(column), SmallChanges.Limit(column, comparison.Options), column.IsSmallMissingChange))],
        [.. comparison.Columns.Select(Column)],
        comparison.Scores is { } scores ? Column(scores) : null,
        comparison.Alerts is { } alerts ? Alerts(alerts) : null,
        classifier is null ? null : new ReportClassifier(classifier.AreaUnderRoc, classifier.PValue, [.. classifier.Columns.Select(column => new ReportPart(column.Name, column.Fraction))]),
        new ReportOptions(
            comparison.Options.Level,
            comparison.Options.Correction == DriftCorrection.Holm ? "holm" : "benjamini_hochberg",
            comparison.Options.WindowNumber,
            comparison.Options.MinCount,
            comparison.Options.MinEffect,
            comparison.Options.MinMissingChange,
            comparison.Options.MinAlertRatio,
            [.. comparison.Options.IgnoredColumns],
            comparison.Options.ComparesDates));

    private static ReportColumn Column(ColumnDrift column) => new(
        column.Name,
        ReportWords.Kind(column.Kind),
        column.IsDrifted,
        ReportWords.Status(column.Status),
        column.NotComparedReason,
        column.Test,
        column.Statistic,
        column.PValue,
        column.LogPValue,
        column.AdjustedPValue,
        column.Effect,
        column.SketchError,
        column.Wasserstein,
        column.StabilityIndex,
        column.JensenShannon,
        new ReportMissing(column.IsReferenceCounted ? column.ReferenceMissingFraction : null, column.IsCurrentCounted ? column.CurrentMissingFraction : null, column.MissingPValue, column.IsMissingDrift),
        column.ReferenceCount,
        column.CurrentCount,
        column.Change,
        column.ReferenceQuantiles is null && column.CurrentQuantiles is null
            ? null
            : new ReportQuantiles(Quantiles(column.ReferenceQuantiles, column.Kind), Quantiles(column.CurrentQuantiles, column.Kind)),
        column.Histogram is { } histogram
            ? new ReportHistogram([.. histogram.Edges], column.Kind == ColumnKind.DateTime ? [.. histogram.Edges.Select(ValueText.Iso)] : null, [.. histogram.Labels], [.. histogram.Reference], [.. histogram.Current])
            : null);

    private static ReportValues? Quantiles(ColumnQuantiles? quantiles, ColumnKind kind) => quantiles is null
        ? null
        : new(quantiles.P10, quantiles.Median, quantiles.P90, kind == ColumnKind.DateTime ? [ValueText.Iso(quantiles.P10), ValueText.Iso(quantiles.Median), ValueText.Iso(quantiles.P90)] : null);

    private static ReportAlerts Alerts(AlertDrift alerts) => new(
        alerts.IsDrifted, ReportWords.Status(alerts.Status), alerts.ReferenceFraction, alerts.CurrentFraction, alerts.Ratio, alerts.PValue, alerts.IsSmallChange, alerts.AlertCount, alerts.ScoreCount);
}

internal sealed record ReportDocument(
    string Format,
    int Version,
    string Title,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    bool Drifted,
    string Advice,
    long ReferenceRows,
    long CurrentRows,
    ReportSmallChange[] SmallChanges,
    ReportColumn[] Columns,
    ReportColumn? Scores,
    ReportAlerts? AlertShare,
    ReportClassifier? Classifier,
    ReportOptions Options);

internal sealed record ReportColumn(
    string Name,
    string Kind,
    bool Drifted,
    string Status,
    string? NotComparedReason,
    string Test,
    double Statistic,
    double PValue,
    double LogPValue,
    double AdjustedPValue,
    double Effect,
    double SketchError,
    double Wasserstein,
    double Psi,
    double JensenShannon,
    ReportMissing Missing,
    long ReferenceCount,
    long CurrentCount,
    string Change,
    ReportQuantiles? Quantiles,
    ReportHistogram? Histogram);

internal sealed record ReportSmallChange(string Name, double Effect, double Limit, bool Missing);

internal sealed record ReportMissing(double? Reference, double? Current, double PValue, bool Drifted);

internal sealed record ReportQuantiles(ReportValues? Reference, ReportValues? Current);

internal sealed record ReportValues(double P10, double Median, double P90, string[]? Dates);

internal sealed record ReportHistogram(double[] Edges, string[]? EdgeDates, string[] Labels, double[] Reference, double[] Current);

internal sealed record ReportAlerts(bool Drifted, string Status, double Reference, double Current, double Ratio, double PValue, bool SmallChange, long Alerts, long Scores);

internal sealed record ReportClassifier(double Auc, double PValue, ReportPart[] Columns);

internal sealed record ReportPart(string Name, double Fraction);

internal sealed record ReportOptions(double Level, string Correction, int? WindowNumber, int MinCount, double MinEffect, double MinMissingChange, double MinAlertRatio, string[] IgnoredColumns, bool ComparesDates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    /// <summary>Arrows, quotes and letters of other scripts stay as they are: the document is never part of a page.</summary>
    public static ReportJsonContext Readable => field ??= new(new System.Text.Json.JsonSerializerOptions(Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
