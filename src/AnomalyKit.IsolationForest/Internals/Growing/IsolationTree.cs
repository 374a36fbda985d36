namespace AnomalyKit.IsolationForest;

/// <summary>The nodes of one grown tree; see <see cref="IsolationForestModel"/> for what the arrays mean.</summary>
/// <param name="Feature">The feature of a split; −1 at a leaf.</param>
/// <param name="Threshold">Rows below it go left.</param>
/// <param name="Left">The left child.</param>
/// <param name="Size">The sample rows that reached the node.</param>
/// <param name="Right">The levels that go right at nodes that split by a category, null at others; empty where no column is a category.</param>
internal readonly record struct IsolationTree(int[] Feature, float[] Threshold, int[] Left, int[] Size, int[]?[] Right);
