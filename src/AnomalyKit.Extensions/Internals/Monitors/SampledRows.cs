namespace AnomalyKit.Serving.Monitors;

/// <summary>Rows that were sampled of a batch.</summary>
/// <param name="Rows">The rows; null where none was.</param>
/// <param name="Scores">Their scores.</param>
/// <param name="Skipped">How many should have been sampled, for which there was no room.</param>
internal readonly record struct SampledRows(FeatureTable? Rows, float[] Scores, int Skipped);
