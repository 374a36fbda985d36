using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Reporting;
using AnomalyKit.Reports;

namespace AnomalyKit;

/// <summary>How well a detector does on labeled rows, as something to send: JSON for programs, or one HTML page for people.</summary>
/// <remarks>Immutable. The same evaluation gives the same text; a time is in it only where <see cref="ReportOrigin.CreatedAt"/> is set. About 200 KB whatever the number of rows.</remarks>
public sealed class EvaluationReport
{
    private const string Trimming = "The charts are drawn with OxyPlot, which is not annotated for trimming. Use ToJson in programs that are trimmed or compiled ahead of time.";

    /// <summary>Reports an evaluation.</summary>
    /// <param name="evaluation">What was measured.</param>
    public EvaluationReport(DetectorEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Evaluation = evaluation;
    }

    /// <summary>What was measured.</summary>
    public DetectorEvaluation Evaluation { get; }

    /// <summary>The heading of the page; <c>Evaluation</c> by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = "Evaluation";

    /// <summary>What made the report; nothing by default.</summary>
    public ReportOrigin Origin { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The highest alerts with their reasons, the highest first; none by default. The page shows at most 30 of them and counts reasons over all.</summary>
    public IReadOnlyList<ReportedAlert> Alerts { get; init => field = [.. value ?? throw new ArgumentNullException(nameof(value))]; } = [];

    /// <summary>The report as JSON with names in snake case.</summary>
    /// <returns>
    /// Indented JSON: <c>format</c> (<c>anomalykit.evaluation</c>), <c>version</c> (1), <c>title</c>, <c>origin</c> (<c>model</c>, <c>model_kind</c>, <c>threshold_origin</c>,
    /// <c>anomalykit_version</c>, <c>seed</c>, <c>data_files</c>, <c>label_column</c>, <c>options</c>, <c>created_at</c>), <c>detector</c>, <c>rows</c>, <c>anomalies</c>, <c>train_rows</c>,
    /// <c>fit_seconds</c>, <c>score_seconds</c>, <c>roc_auc</c>, <c>average_precision</c>, <c>precision</c>, <c>recall</c>, <c>f1</c>, <c>macro_f1</c>, <c>weighted_f1</c>, <c>best_f1</c>,
    /// <c>best_f1_threshold</c>, <c>threshold</c>, <c>alerts</c>, <c>confusion</c> (<c>tn</c>, <c>fp</c>, <c>fn</c>, <c>tp</c>), <c>alert_choices</c> (<c>alerts</c>, <c>threshold</c>, <c>lowest_threshold</c>,
    /// <c>precision</c>, <c>recall</c>, <c>is_tied</c>), <c>reason_columns</c> (<c>column</c>, <c>mean_contribution</c>, <c>first_reason</c>) and <c>highest_alerts</c> (<c>row</c>, <c>score</c>,
    /// <c>label</c>, <c>baseline</c>, <c>contributions</c>, <c>reasons</c>). What is not known or not finite is null. Later versions may add names.
    /// </returns>
    public string ToJson() => ReportJson.OfEvaluation(Evaluation, Title, Origin, Alerts);

    /// <summary>The report as one HTML page. It fetches nothing, runs nothing, and follows the reader's light or dark setting.</summary>
    /// <returns>A whole document.</returns>
    [RequiresUnreferencedCode(Trimming)]
    public string ToHtml() => EvaluationPage.Of(Evaluation, Title, Origin, Alerts);

    /// <summary>Writes the report; the file appears whole or not at all.</summary>
    /// <param name="path">A file ending in <c>.json</c>, <c>.html</c> or <c>.htm</c>; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    [RequiresUnreferencedCode(Trimming)]
    public void Save(string path) => ReportFile.Save(path, ToJson, ToHtml);
}
