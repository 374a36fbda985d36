namespace AnomalyKit;

/// <summary>A detector with another threshold, and what that threshold does to the rows that it was looked at with.</summary>
/// <param name="Detector">The detector with the threshold.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="AnomalyCount">How many of them have a score above the threshold.</param>
public sealed record ThresholdResult(TableDetector Detector, long RowCount, long AnomalyCount);
