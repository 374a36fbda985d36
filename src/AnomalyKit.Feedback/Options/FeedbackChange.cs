namespace AnomalyKit;

/// <summary>One change of a session's answers.</summary>
/// <param name="Before">The analyst's answer about the row until then; null where there was none.</param>
/// <param name="After">The answer from then on; null where it was taken back.</param>
public sealed record FeedbackChange(FeedbackAnswer? Before, FeedbackAnswer? After)
{
    /// <summary>Whether an answer was replaced by a different one of the same analyst.</summary>
    public bool IsCorrection => Before is not null && After is not null && Before.Label != After.Label;
}
