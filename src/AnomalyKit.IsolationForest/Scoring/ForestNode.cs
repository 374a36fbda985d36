namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>A node as the walking kernel reads it. A leaf leads back to itself: its threshold is +∞ and its left child is the node.</summary>
internal readonly record struct ForestNode(float Threshold, int Feature, int Left);
