namespace AnomalyKit;

/// <summary>A batch of a stream of rows, with its scores.</summary>
/// <param name="FirstRow">The position of the batch's first row in the stream, from 0.</param>
/// <param name="Data">The rows.</param>
/// <param name="Scores">One score a row.</param>
public readonly record struct ScoredBatch(long FirstRow, FeatureMatrix Data, ReadOnlyMemory<float> Scores);
