namespace AnomalyKit;

/// <summary>What a batch of scores led to.</summary>
/// <param name="Count">How many scores it had.</param>
/// <param name="AlertCount">How many became alerts.</param>
/// <param name="HeldBackCount">How many were high enough for an alert and were held back.</param>
/// <param name="DetectionCount">How often monitors detected drift.</param>
public readonly record struct ScoreUpdate(int Count, int AlertCount, int HeldBackCount, int DetectionCount);
