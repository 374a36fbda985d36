namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>A node as the walking kernel reads it. A leaf leads back to itself: its left child is the node, and no cell is at or above its threshold, NaN.</summary>
internal readonly record struct ForestNode(float Threshold, int Feature, int Left);
