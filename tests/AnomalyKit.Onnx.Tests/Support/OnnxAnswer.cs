namespace AnomalyKit.Onnx.Tests.Support;

/// <summary>What a run gives.</summary>
internal sealed record OnnxAnswer(float[] Scores, bool[] Labels, double[]? PValues, double[]? Calibrated, float[]? Members);
