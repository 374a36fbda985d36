namespace AnomalyKit.Feedback.Learning;

/// <summary>A row with an answer that teaches something.</summary>
/// <param name="Features">Where it lies.</param>
/// <param name="Prior">Its odds before any answer, as a logarithm.</param>
/// <param name="Target">1 for an anomaly, 0 for a normal row, between where analysts disagree.</param>
/// <param name="Weight">How much the answer counts; above 0.</param>
internal sealed record AnsweredRow(float[] Features, double Prior, double Target, double Weight);
