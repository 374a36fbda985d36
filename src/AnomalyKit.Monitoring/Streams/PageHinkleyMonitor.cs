using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The Page–Hinkley test: detects that the mean of a stream has moved away from its mean so far.</summary>
/// <remarks>
/// <para>
/// With the mean x̄ of all values up to and including x, two sums follow the deviations: S⁺ = max(0, αS⁺ + (x − x̄) − δ) and S⁻ = max(0, αS⁻ − (x − x̄) − δ). Drift is detected when one exceeds λ, after at least
/// <see cref="MinValues"/> values; then the test starts again and learns the new mean. (E. S. Page, Biometrika 41, 1954; D. V. Hinkley, Biometrika 58, 1971; with forgetting as in J. Gama et al., 2014.)
/// </para>
/// <para>
/// <b>No guarantee.</b> How often it detects drift without any depends on the distribution and on λ, and must be measured. δ and λ are in the unit of the values: with a <see cref="Reference"/> values are replaced by their ranks in it, from 0 to 1, which the
/// defaults are made for.
/// </para>
/// <para>Detects each change. <see cref="DriftMonitor.Statistic"/> is the greater sum; it is 0 right after a detection. Memory: constant.</para>
/// </remarks>
public sealed class PageHinkleyMonitor : StreamMonitor
{
    internal const string KindName = "page-hinkley";

    private double _mean;
    private long _since;

    /// <summary>What values are ranked in before they are watched; <see langword="null"/>, the default, watches them as they are.</summary>
    public ReferenceSample? Reference { get; init; }

    /// <summary>δ: the change of the mean that is tolerated, at least 0; 0.005 by default.</summary>
    public double Tolerance { get; init => field = MonitorOptions.Finite(value, 0, nameof(Tolerance)); } = 0.005;

    /// <summary>λ: the sum beyond which drift is detected, above 0; 50 by default.</summary>
    public double Threshold { get; init => field = MonitorOptions.Finite(value, double.Epsilon, nameof(Threshold)); } = 50;

    /// <summary>α: what remains of a sum at the next value, above 0 and at most 1; 0.9999 by default.</summary>
    public double Retention { get; init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Retention), value, "Retention must be above 0 and at most 1."); } = 0.9999;

    /// <summary>How many values are needed, since the start or the last detection, before drift can be detected; 30 by default.</summary>
    public int MinValues { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinValues), value, "MinValues must be at least 1."); } = 30;

    /// <summary>S⁺: grows while values are above the mean.</summary>
    public double UpwardSum { get; private set; }

    /// <summary>S⁻: grows while values are below the mean.</summary>
    public double DownwardSum { get; private set; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DetectionMode Detects => DetectionMode.EachChange;

    /// <inheritdoc/>
    public override double Statistic => Math.Max(UpwardSum, DownwardSum);

    /// <inheritdoc/>
    public override double Limit => Math.BitIncrement(Threshold);

    internal static PageHinkleyMonitor Read(ModelReader reader, string subject)
    {
        var monitor = new PageHinkleyMonitor
        {
            Subject = subject,
            Reference = MonitorState.GetBoolean(reader, "ranks") ? ReferenceSample.Read(reader.Scope("reference")) : null,
            Tolerance = reader.GetDouble("tolerance"),
            Threshold = reader.GetDouble("threshold"),
            Retention = reader.GetDouble("retention"),
            MinValues = reader.GetInt32("min-values", 1, int.MaxValue),
        };
        monitor.ReadCounters(reader);
        monitor._since = MonitorState.GetCount(reader, "since");
        if (monitor._since > monitor.Count)
            throw MonitorState.Error($"it saw {monitor._since} of {monitor.Count} values since the last detection");
        monitor._mean = MonitorState.GetDouble(reader, "mean", double.MinValue, double.MaxValue);
        monitor.UpwardSum = MonitorState.GetDouble(reader, "upward", 0, double.PositiveInfinity);
        monitor.DownwardSum = MonitorState.GetDouble(reader, "downward", 0, double.PositiveInfinity);
        return monitor;
    }

    private protected override string Expected => Reference is null
        ? "a finite number was expected. Leave missing values out, or fill them first"
        : "a number was expected. Leave missing values out, or fill them first";

    private protected override bool Accepts(double value) => Reference is null ? double.IsFinite(value) : !double.IsNaN(value);

    private protected override bool Step(double value)
    {
        double x = Reference is null ? value : Reference.Rank(value);
        _since++;
        _mean += (x / _since) - (_mean / _since);
        double deviation = x - _mean;
        UpwardSum = Math.Max(0, (Retention * UpwardSum) + deviation - Tolerance);
        DownwardSum = Math.Max(0, (Retention * DownwardSum) - deviation - Tolerance);
        if (_since < MinValues || Statistic <= Threshold)
            return false;
        Restart();
        return true;
    }

    private protected override void Restart()
    {
        _mean = UpwardSum = DownwardSum = 0;
        _since = 0;
    }

    private protected override void WriteState(ModelWriter writer)
    {
        writer.Set("ranks", Reference is null ? 0L : 1L);
        Reference?.WriteTo(writer.Scope("reference"));
        writer.Set("tolerance", Tolerance);
        writer.Set("threshold", Threshold);
        writer.Set("retention", Retention);
        writer.Set("min-values", MinValues);
        writer.Set("since", _since);
        writer.Set("mean", _mean);
        writer.Set("upward", UpwardSum);
        writer.Set("downward", DownwardSum);
    }
}
