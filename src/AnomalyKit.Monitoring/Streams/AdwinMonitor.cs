using System.Globalization;
using AnomalyKit.Monitoring.Adwin;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>ADWIN: keeps a window of the latest values, as long as they seem to have one mean, and drops the older part when the means of two parts differ.</summary>
/// <remarks>
/// <para>
/// Every <see cref="CheckInterval"/> values the window is split at each boundary of its buckets. The parts, of n₀ and n₁ values, differ if their means do by more than √(2mσ²δ′) + ⅔mδ′ with σ² the variance of the window,
/// m = 1/(n₀ − 4) + 1/(n₁ − 4) and δ′ = ln(2 ln n / δ). What is older than the plainest difference is dropped, until there is none. (A. Bifet, R. Gavaldà, <i>Learning from Time-Changing Data with Adaptive Windowing</i>, SDM 2007.)
/// </para>
/// <para>
/// <b>What δ means.</b> About the probability, at most, that one check of a stream without change detects drift; the bound takes the variance of the window for the true one. It is no bound over the life of a stream: over many checks
/// false detections add up. <see cref="ReferenceMonitor"/> has such a bound.
/// </para>
/// <para>
/// The bound is made for values from 0 to 1, others are refused. With a <see cref="Reference"/> values are replaced by their ranks in it. Detects each change; the flag is set by the value that completes the check and by no other.
/// <see cref="DriftMonitor.Statistic"/> is 1 for that value and 0 otherwise. Memory: 5 buckets for each doubling of the window's length, 2.5 KB for a million values.
/// </para>
/// </remarks>
public sealed class AdwinMonitor : StreamMonitor
{
    internal const string KindName = "adwin";

    private const int MaxBuckets = 5;
    private const int MaxRows = 56;

    private AdwinWindow _window = new(MaxBuckets);
    private bool _detected;

    /// <summary>What values are ranked in before they are watched; <see langword="null"/>, the default, watches them as they are.</summary>
    public ReferenceSample? Reference { get; init; }

    /// <summary>δ: above 0 and below 1; 0.002 by default.</summary>
    public double Delta
    {
        get;
        init => field = value > 0 && value < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Delta), value, "Delta must be above 0 and below 1.");
    } = 0.002;

    /// <summary>How many values lie between two checks; 32 by default.</summary>
    public int CheckInterval
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(CheckInterval), value, "CheckInterval must be at least 1.");
    } = 32;

    /// <summary>How many values the window must have, more than, to be checked; 10 by default.</summary>
    public int MinValues
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinValues), value, "MinValues must be at least 1.");
    } = 10;

    /// <summary>How many of the latest values are in the window.</summary>
    public long WindowLength => _window.Length;

    /// <summary>The mean of the window; 0 where it is empty.</summary>
    public double WindowMean => _window.Mean;

    /// <summary>The mean squared deviation from the mean of the window.</summary>
    public double WindowVariance => _window.Variance;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DetectionMode Detects => DetectionMode.EachChange;

    /// <inheritdoc/>
    public override double Statistic => _detected ? 1 : 0;

    /// <inheritdoc/>
    public override double Limit => 1;

    internal static AdwinMonitor Read(ModelReader reader, string subject)
    {
        var monitor = new AdwinMonitor
        {
            Subject = subject,
            Reference = MonitorState.GetBoolean(reader, "ranks") ? ReferenceSample.Read(reader.Scope("reference")) : null,
            Delta = reader.GetDouble("delta"),
            CheckInterval = reader.GetInt32("check-interval", 1, int.MaxValue),
            MinValues = reader.GetInt32("min-values", 1, int.MaxValue),
        };
        monitor.ReadCounters(reader);
        monitor._detected = MonitorState.GetBoolean(reader, "detected");
        int[] rows = reader.GetInt32s("rows", 0, MaxRows, -1);
        double[] sums = reader.GetDoubles("sums", rows.Length);
        double[] deviations = reader.GetDoubles("squared-deviations", rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            double size = 1L << rows[i];
            if (!(sums[i] >= 0 && sums[i] <= size * (1 + 1e-9) && deviations[i] >= 0 && deviations[i] <= size) || !monitor._window.TryRestore(rows[i], new AdwinBucket(sums[i], deviations[i])))
                throw MonitorState.Error(string.Create(CultureInfo.InvariantCulture, $"bucket {i} of its window does not fit: {size} values of sum {sums[i]}"));
        }

        if (monitor.WindowLength > monitor.Count)
            throw MonitorState.Error($"its window has {monitor.WindowLength} of {monitor.Count} values");
        return monitor;
    }

    private protected override string Expected => Reference is null
        ? "a number from 0 to 1 was expected. Set Reference to watch ranks of values of any scale"
        : "a number was expected. Leave missing values out, or fill them first";

    private protected override bool Accepts(double value) => Reference is null ? value is >= 0 and <= 1 : !double.IsNaN(value);

    private protected override bool Step(double value)
    {
        _window.Add(Reference is null ? value : Reference.Rank(value));
        _detected = (Count + 1) % CheckInterval == 0 && WindowLength > MinValues && _window.Cut(Delta);
        return _detected;
    }

    private protected override void Restart()
    {
        _window = new AdwinWindow(MaxBuckets);
        _detected = false;
    }

    private protected override void WriteState(ModelWriter writer)
    {
        var buckets = _window.OldestFirst().ToArray();
        writer.Set("ranks", Reference is null ? 0L : 1L);
        Reference?.WriteTo(writer.Scope("reference"));
        writer.Set("delta", Delta);
        writer.Set("check-interval", CheckInterval);
        writer.Set("min-values", MinValues);
        writer.Set("detected", _detected ? 1L : 0L);
        writer.Add<int>("rows", Array.ConvertAll(buckets, entry => entry.Row));
        writer.Add<double>("sums", Array.ConvertAll(buckets, entry => entry.Bucket.Sum));
        writer.Add<double>("squared-deviations", Array.ConvertAll(buckets, entry => entry.Bucket.SquaredDeviations));
    }
}
