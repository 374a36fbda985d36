namespace AnomalyKit;

/// <summary>A fit that was tracked.</summary>
/// <typeparam name="TDetector">The type of the detector.</typeparam>
/// <param name="Detector">The fitted detector.</param>
/// <param name="RunId">The run that tells of the fit; null where it could not be kept.</param>
/// <param name="Problems">What could not be kept and why, a line each; none where all went well. The fit is not touched by it.</param>
public sealed record TrackedFit<TDetector>(TDetector Detector, string? RunId, IReadOnlyList<string> Problems);
