using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.Budgets;

/// <summary>A threshold that stays.</summary>
internal sealed class FixedAlertThreshold : AlertThreshold
{
    public const string KindName = "fixed";

    public FixedAlertThreshold(double threshold)
    {
        if (double.IsNaN(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold must be a number.");
        Value = threshold;
    }

    public override double Value { get; }

    internal override string Kind => KindName;

    internal override AlertDecision Next(double score) => score > Value ? AlertDecision.Alert : AlertDecision.None;

    internal override void WriteTo(ModelWriter writer) => writer.Set("threshold", Value);
}
