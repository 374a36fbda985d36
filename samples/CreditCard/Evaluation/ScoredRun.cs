namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>A run with all that pictures are drawn from.</summary>
/// <param name="Result">Its figures.</param>
/// <param name="Detector">The fitted detector.</param>
/// <param name="Rows">The test rows.</param>
/// <param name="Scores">The scores of the test rows.</param>
/// <param name="Labels">The labels of the test rows.</param>
internal sealed record ScoredRun(RunResult Result, IAnomalyDetector Detector, FeatureMatrix Rows, float[] Scores, ReadOnlyMemory<bool> Labels);
