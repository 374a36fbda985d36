namespace AnomalyKit.Tuning;

/// <summary>The labels and scores of the held-out rows of a fold.</summary>
internal sealed record FoldScores(bool[] Labels, float[] Scores);
