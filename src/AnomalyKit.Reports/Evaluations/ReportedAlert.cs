namespace AnomalyKit;

/// <summary>An alert with its reasons, for reports.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Attribution">What each column contributed, and the score.</param>
/// <param name="Reasons">Sentences for people, the loudest reason first; may be empty.</param>
/// <param name="IsAnomaly">Whether the row is an anomaly by its label; null where it has none.</param>
public sealed record ReportedAlert(long Row, Attribution Attribution, IReadOnlyList<string> Reasons, bool? IsAnomaly)
{
    /// <summary>An alert with the reasons of an explanation.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="explanation">Why it is an alert.</param>
    /// <param name="isAnomaly">Whether the row is an anomaly by its label; null where it has none.</param>
    /// <returns>The alert.</returns>
    public static ReportedAlert Of(long row, Explanation explanation, bool? isAnomaly = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return new ReportedAlert(row, explanation.Attribution, [.. explanation.Reasons.Select(reason => reason.Sentence)], isAnomaly);
    }
}
