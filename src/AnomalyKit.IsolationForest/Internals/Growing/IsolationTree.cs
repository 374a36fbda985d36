namespace AnomalyKit.IsolationForest;

/// <summary>The nodes of one grown tree; see <see cref="IsolationForestModel"/> for what the arrays mean.</summary>
internal readonly record struct IsolationTree(int[] Feature, float[] Threshold, int[] Left, int[] Size);
