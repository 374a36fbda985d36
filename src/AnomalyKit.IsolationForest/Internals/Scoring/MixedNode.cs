namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>A node as <see cref="MixedWalker"/> reads it.</summary>
/// <param name="Threshold">Numbers below it go left.</param>
/// <param name="Feature">The column; −1 at a leaf.</param>
/// <param name="Left">The left child, counted from the tree's root; at a leaf the path length in units of 2⁻¹⁶.</param>
/// <param name="Size">The sample rows that reached the node.</param>
/// <param name="Split">Which of the category splits it is; −1 where the column is a number.</param>
internal readonly record struct MixedNode(float Threshold, int Feature, int Left, int Size, int Split);
