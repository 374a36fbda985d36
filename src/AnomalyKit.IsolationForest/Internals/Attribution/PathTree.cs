namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>The splits of one tree, children behind their parents: first those with a split below, then those between two leaves.</summary>
/// <param name="First">Where its splits begin among those of the forest.</param>
/// <param name="Count">The number of splits; 0 for a tree that is one leaf.</param>
/// <param name="Inner">How many have a split below: the first ones.</param>
/// <param name="CoefficientRows">The rows of coefficients that its splits refer to.</param>
/// <param name="Rounds">How often eight players fit into its richest path, rounded up: each round takes four points of the quadrature.</param>
/// <param name="MeanPathLength">The mean path length over the leaves, weighted by sample rows.</param>
internal readonly record struct PathTree(int First, int Count, int Inner, int CoefficientRows, int Rounds, double MeanPathLength);
