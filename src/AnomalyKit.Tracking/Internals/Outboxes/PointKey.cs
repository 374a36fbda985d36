namespace AnomalyKit.Outboxes;

/// <summary>What an MLflow server keeps of a point: times in milliseconds, and infinities as the largest numbers.</summary>
internal readonly record struct PointKey(long Step, long Milliseconds, double Value)
{
    public static PointKey Of(MetricPoint point) => new(
        point.Step,
        point.Time!.Value.ToUnixTimeMilliseconds(),
        double.IsPositiveInfinity(point.Value) ? double.MaxValue : double.IsNegativeInfinity(point.Value) ? double.MinValue : point.Value);
}
