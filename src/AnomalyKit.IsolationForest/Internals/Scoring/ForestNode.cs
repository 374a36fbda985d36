namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>A node as the walking kernel reads it, 16 bytes. A leaf leads back to itself: its left child is the node, and no cell is at or above its threshold, NaN.</summary>
/// <param name="Threshold">Cells below it go left.</param>
/// <param name="Feature">The column it looks at.</param>
/// <param name="ToLeft">How many nodes behind this one the left child is; the right one follows it.</param>
/// <param name="PathLength">The path length of rows that end here, in units of 2⁻¹⁶.</param>
internal readonly record struct ForestNode(float Threshold, int Feature, int ToLeft, int PathLength);
