namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>An alert and its reasons.</summary>
/// <param name="Row">The zero-based row among those that were scored.</param>
/// <param name="IsFraud">What the row is.</param>
/// <param name="Explanation">Why the detector thinks so.</param>
internal sealed record ExplainedAlert(int Row, bool IsFraud, Explanation Explanation);
