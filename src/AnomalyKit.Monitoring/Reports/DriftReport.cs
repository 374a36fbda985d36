using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AnomalyKit.Monitoring.Reports;
using AnomalyKit.Monitoring.Windows;
using AnomalyKit.Reporting;

namespace AnomalyKit;

/// <summary>A comparison as something to send: JSON for programs, or one HTML page without anything from elsewhere for people.</summary>
/// <remarks>Immutable. The same comparison gives the same text; times are in it only where <see cref="Since"/> and <see cref="Until"/> are set.</remarks>
public sealed class DriftReport
{
    /// <summary>Reports a comparison.</summary>
    /// <param name="comparison">What was compared.</param>
    public DriftReport(DriftComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Comparison = comparison;
    }

    /// <summary>What was compared.</summary>
    public DriftComparison Comparison { get; }

    /// <summary>The heading of the page; <c>Drift report</c> by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = "Drift report";

    /// <summary>When the window began; null where it is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the window ended; null where it is not known.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What a classifier found in the same windows; null where none was asked.</summary>
    public ClassifierTestResult? Classifier { get; init; }

    /// <summary>What the drift of scores does to alerts, and what to do, in a sentence or two.</summary>
    /// <value>By default, remedies are those of a program, such as <c>Lower MinEffect</c>. Set it to name those of your own users: page and JSON have the same text.</value>
    public string Advice { get => field ?? ReportWords.Advice(Comparison); init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>A column of categories with few levels, whose values could make groups that are compared each by itself (<see cref="TableDetectorGroupDrift.CompareDriftByGroup"/>); null where there is none. The page names it.</summary>
    public string? GroupColumn => GroupingColumn.Of(Comparison);

    /// <summary>The report as JSON with names in snake case: <c>columns</c>, <c>scores</c>, <c>alert_share</c> and what was counted as drift.</summary>
    /// <returns>Indented JSON; every number is finite.</returns>
    public string ToJson() => JsonSerializer.Serialize(ReportJson.Of(Comparison, Title, Advice, Since, Until, Classifier), ReportJsonContext.Readable.ReportDocument);

    /// <summary>The report as one HTML page with both distributions of every column. It fetches nothing, runs nothing, and follows the reader's light or dark setting.</summary>
    /// <returns>A whole document.</returns>
    [RequiresUnreferencedCode("The charts are drawn with OxyPlot, which is not annotated for trimming. Use ToJson in programs that are trimmed or compiled ahead of time.")]
    public string ToHtml() => ReportPage.Of(Comparison, Title, Advice, Since, Until, Classifier);

    /// <summary>Writes the report; the file appears whole or not at all.</summary>
    /// <param name="path">A file ending in <c>.json</c>, <c>.html</c> or <c>.htm</c>; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    [RequiresUnreferencedCode("The charts are drawn with OxyPlot, which is not annotated for trimming. Use ToJson in programs that are trimmed or compiled ahead of time.")]
    public void Save(string path) => ReportFile.Save(path, ToJson, ToHtml);

    /// <summary>What drifted, in a line.</summary>
    /// <returns>As <see cref="DriftComparison.ToString"/>.</returns>
    public override string ToString() => Comparison.ToString();
}
