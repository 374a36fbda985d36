using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Reporting;
using AnomalyKit.Reports;

namespace AnomalyKit;

/// <summary>How well several detectors do on the same labeled rows, as something to send: JSON for programs, or one HTML page for people.</summary>
/// <remarks>Immutable. The same evaluations give the same text; a time is in it only where <see cref="ReportOrigin.CreatedAt"/> is set.</remarks>
public sealed class ComparisonReport
{
    private const string Trimming = "The charts are drawn with OxyPlot, which is not annotated for trimming. Use ToJson in programs that are trimmed or compiled ahead of time.";

    /// <summary>Compares evaluations.</summary>
    /// <param name="evaluations">At least one, under different names, all on the same rows.</param>
    /// <exception cref="ArgumentException">There is none, two have one name, or their labels differ; the message names the detectors.</exception>
    public ComparisonReport(params IReadOnlyList<DetectorEvaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        if (evaluations.Count == 0)
            throw new ArgumentException("There is nothing to compare. Give at least one evaluation.", nameof(evaluations));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var evaluation in evaluations)
        {
            ArgumentNullException.ThrowIfNull(evaluation, nameof(evaluations));
            if (!names.Add(evaluation.Name))
                throw new ArgumentException($"Two evaluations are called '{evaluation.Name}'; give them different names.", nameof(evaluations));
            if (evaluation.LabelDigest != evaluations[0].LabelDigest)
            {
                throw new ArgumentException(
                    $"'{evaluations[0].Name}' was measured on {evaluations[0].RowCount} rows with {evaluations[0].AnomalyCount} anomalies, and '{evaluation.Name}' on {evaluation.RowCount} rows with {evaluation.AnomalyCount}, or in a different order. Score the same rows with both.",
                    nameof(evaluations));
            }
        }

        Evaluations = [.. evaluations];
    }

    /// <summary>What was measured, in the order that was given.</summary>
    public IReadOnlyList<DetectorEvaluation> Evaluations { get; }

    /// <summary>The heading of the page; <c>Comparison of detectors</c> by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = "Comparison of detectors";

    /// <summary>What made the report; nothing by default.</summary>
    public ReportOrigin Origin { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The report as JSON with names in snake case.</summary>
    /// <returns>
    /// Indented JSON: <c>format</c> (<c>anomalykit.comparison</c>), <c>version</c> (1), <c>title</c>, <c>origin</c>, <c>rows</c>, <c>anomalies</c> and <c>detectors</c>, each with the names from
    /// <c>detector</c> to <c>alert_choices</c> of <see cref="EvaluationReport.ToJson"/>, in the order that was given.
    /// </returns>
    public string ToJson() => ReportJson.OfComparison(Evaluations, Title, Origin);

    /// <summary>The report as one HTML page, the detector of the highest average precision first. It fetches nothing, runs nothing, and follows the reader's light or dark setting.</summary>
    /// <returns>A whole document.</returns>
    [RequiresUnreferencedCode(Trimming)]
    public string ToHtml() => ComparisonPage.Of(Evaluations, Title, Origin);

    /// <summary>Writes the report; the file appears whole or not at all.</summary>
    /// <param name="path">A file ending in <c>.json</c>, <c>.html</c> or <c>.htm</c>; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    [RequiresUnreferencedCode(Trimming)]
    public void Save(string path) => ReportFile.Save(path, ToJson, ToHtml);
}
