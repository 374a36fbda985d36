namespace AnomalyKit.Monitoring.Windows;

/// <summary>What the two tests of a column say.</summary>
/// <param name="Status">The answer.</param>
/// <param name="IsDecidedByMissing">Whether the missing cells drifted rather than the values; where neither did, whether they differ more clearly.</param>
/// <param name="HasSmallShift">Whether the values differ significantly, by less than counts. False of a column that drifted.</param>
/// <param name="HasSmallLoss">Whether the fractions of missing cells differ significantly, by less than counts. False of a column that drifted.</param>
internal readonly record struct ColumnVerdict(DriftStatus Status, bool IsDecidedByMissing, bool HasSmallShift, bool HasSmallLoss);
