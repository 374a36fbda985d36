using AnomalyKit.Monitoring.Budgets;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Decides which scores are worth an alert: a fixed threshold, or one that follows the scores.</summary>
/// <remarks>Not thread-safe; <see cref="ScoreMonitor"/> is.</remarks>
public abstract class AlertThreshold
{
    private protected AlertThreshold()
    {
    }

    /// <summary>The score above which the next row is worth an alert; −∞ where every score is, +∞ where none is.</summary>
    public abstract double Value { get; }

    /// <summary>The name in saved states.</summary>
    internal abstract string Kind { get; }

    /// <summary>A threshold that stays: alerts come as often as scores exceed it.</summary>
    /// <param name="threshold">The threshold, for example that of the detector; any number but NaN.</param>
    /// <returns>The threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public static AlertThreshold Fixed(double threshold) => new FixedAlertThreshold(threshold);

    /// <summary>Takes the next score in.</summary>
    /// <param name="score">Any number but NaN.</param>
    internal abstract AlertDecision Next(double score);

    internal abstract void WriteTo(ModelWriter writer);

    internal static AlertThreshold Read(ModelReader reader)
    {
        string kind = reader.GetString("kind");
        return kind switch
        {
            FixedAlertThreshold.KindName => Fixed(reader.GetDouble("threshold")),
            TrackingThreshold.KindName => TrackingThreshold.ReadState(reader),
            _ => throw MonitorState.Error($"the threshold '{kind}' is unknown"),
        };
    }
}
