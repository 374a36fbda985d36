namespace AnomalyKit.Benchmarks.Attributions;

/// <summary>A detector whose explanations are timed.</summary>
/// <param name="Name">What is measured, for people and for <c>--only</c>.</param>
/// <param name="Trainer">Fits the detector.</param>
/// <param name="BackgroundRows">Rows to explain against; 0 for none.</param>
internal sealed record AttributionCase(string Name, IDetectorTrainer Trainer, int BackgroundRows = 0);
