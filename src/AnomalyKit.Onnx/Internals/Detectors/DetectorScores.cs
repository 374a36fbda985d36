using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>The scores of a detector.</summary>
/// <param name="Score">float32 [rows, 1].</param>
/// <param name="Members">float32 [rows, members]: the members' own scores, or null where there are none.</param>
internal readonly record struct DetectorScores(Value Score, Value? Members = null);
