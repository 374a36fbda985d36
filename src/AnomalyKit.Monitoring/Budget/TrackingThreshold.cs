using System.Globalization;
using AnomalyKit.Monitoring.Budgets;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A threshold that follows the scores, so that the share of alerts stays at what was asked, whatever happens to the scores.</summary>
/// <remarks>
/// <para>
/// Scores are placed on a scale of surprise: −ln of the fraction of recent scores that are at least as high. After each row the threshold on that scale moves by γ(1 − f) if the row was an alert and by −γf otherwise, where f is
/// <see cref="TargetFraction"/> and γ is <see cref="StepSize"/>. This is quantile tracking as in I. Gibbs, E. Candès, <i>Adaptive Conformal Inference Under Distribution Shift</i>, NeurIPS 2021, on the logarithm of the level.
/// The scale makes the step free of the unit of the scores: with γ = 0.25 an alert raises the threshold by a factor of e⁰·²⁵ = 1.28 in rarity.
/// </para>
/// <para>
/// <b>Bound.</b> The scale ends at R = ln(2(w + 1)) + 1, where w is <see cref="WindowLength"/> or the size of the first sample, whichever is greater. For every sequence of scores, even a hostile one, and from any row on, the number of alerts in T rows
/// differs from f·T by at most <see cref="MaxDeviation"/> = (R + γ) / γ: about 41 alerts with the defaults. So after 1,000 expected alerts the share is within 4.1 %, relatively, of what was asked.
/// </para>
/// <para>
/// A share is met on quiet days, too: the highest of ordinary scores become alerts. Where that is not wanted, set <see cref="MinScore"/>, for example to the detector's threshold: scores up to it are never alerts, the bound
/// then holds from above only, and scores above it that the tracked threshold does not let through are held back and counted.
/// </para>
/// <para>
/// The scale is renewed from the latest scores after every <see cref="WindowLength"/> rows. Memory: 8 bytes for each of these, and 8 KB. The state can be saved as part of an <see cref="AlertBudget"/>.
/// </para>
/// </remarks>
public sealed class TrackingThreshold : AlertThreshold
{
    internal const string KindName = "tracking";

    private const int MostWindow = 1 << 24;

    private SurpriseScale _scale;
    private double _greatestScale;
    private double[] _recent = [];
    private int _recentCount;
    private double _level;

    /// <summary>Starts at the quantile of the first scores.</summary>
    /// <param name="targetFraction">The fraction of rows that are to be alerts, from 1e-6 to 0.5.</param>
    /// <param name="scores">Scores as they were before: of rows that the detector was not fitted on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    public TrackingThreshold(double targetFraction, ReferenceSample scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (!(targetFraction is >= 1e-6 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(targetFraction), targetFraction, "The fraction of alerts must be from 1e-6 to 0.5.");
        TargetFraction = targetFraction;
        _scale = new SurpriseScale(scores);
        _greatestScale = _scale.Max;
        _level = Math.Min(-Math.Log(targetFraction), _scale.Max);
    }

    /// <summary>f: the fraction of rows that are to be alerts.</summary>
    public double TargetFraction { get; }

    /// <summary>γ: how far one alert moves the threshold, from 0.001 to 10; 0.25 by default. Greater steps hold the share more closely over short times, smaller ones let more of a burst of true anomalies through.</summary>
    public double StepSize
    {
        get;
        init => field = value is >= 0.001 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "The step size must be from 0.001 to 10.");
    } = 0.25;

    /// <summary>Scores up to this are never alerts; −∞ by default.</summary>
    public double MinScore
    {
        get;
        init => field = double.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(MinScore), value, "MinScore must be a number.") : value;
    } = double.NegativeInfinity;

    /// <summary>How many of the latest scores become the next scale, from 100 to 2²⁴; 4,096 by default.</summary>
    public int WindowLength
    {
        get;
        init => field = value is >= 100 and <= MostWindow ? value : throw new ArgumentOutOfRangeException(nameof(WindowLength), value, $"The window must hold from 100 to {MostWindow} scores.");
    } = 4096;

    /// <summary>By how many alerts, at most, the number of alerts in any stretch of rows differs from the fraction that was asked for: (R + γ) / γ.</summary>
    /// <remarks>It stays the same for as long as the threshold is used, also after its state was saved and loaded.</remarks>
    public double MaxDeviation => (Math.Max(_greatestScale, SurpriseScale.MaxOf(WindowLength)) + StepSize) / StepSize;

    /// <inheritdoc/>
    public override double Value => Math.Max(MinScore, _scale.ScoreAt(_level));

    internal override string Kind => KindName;

    internal override AlertDecision Next(double score)
    {
        bool exceeds = _scale.Of(score) > _level;
        bool hasMin = !double.IsNegativeInfinity(MinScore);
        bool isAlert = exceeds && (!hasMin || score > MinScore);
        bool heldBack = !exceeds && hasMin && score > MinScore;
        // Without this floor, the threshold would fall without end while no score exceeds MinScore, and let the next burst through.
        _level = Math.Max(_level + (StepSize * ((isAlert ? 1 : 0) - TargetFraction)), hasMin ? 0 : double.NegativeInfinity);
        if (double.IsFinite(score))
            Remember(score);
        return isAlert ? AlertDecision.Alert : heldBack ? AlertDecision.HeldBack : AlertDecision.None;
    }

    internal static TrackingThreshold ReadState(ModelReader reader)
    {
        var threshold = new TrackingThreshold(reader.GetDouble("target-fraction"), ReferenceSample.Read(reader.Scope("scale")))
        {
            StepSize = reader.GetDouble("step-size"),
            MinScore = reader.GetDouble("min-score"),
            WindowLength = ReadWindow(reader, out double[] recent),
        };
        // Absent where it is no greater than the ends at hand, and in states of earlier builds.
        if (reader.HasArray("greatest-scale"))
            threshold._greatestScale = ReadGreatest(reader, threshold._scale.Max);
        double most = Math.Max(threshold._scale.Max, SurpriseScale.MaxOf(threshold.WindowLength));
        threshold._level = MonitorState.GetDouble(reader, "level", -threshold.StepSize, Math.Max(64, most) + threshold.StepSize);
        threshold._recent = recent;
        threshold._recentCount = recent.Length;
        return threshold;
    }

    internal override void WriteTo(ModelWriter writer)
    {
        writer.Set("target-fraction", TargetFraction);
        writer.Set("step-size", StepSize);
        writer.Set("min-score", MinScore);
        writer.Set("window-length", WindowLength);
        writer.Set("level", _level);
        writer.Add<double>("recent", _recent.AsSpan(0, _recentCount).ToArray());
        if (_greatestScale > Math.Max(_scale.Max, SurpriseScale.MaxOf(WindowLength)))
            writer.Add<double>("greatest-scale", new[] { _greatestScale });
        _scale.Sample.WriteTo(writer.Scope("scale"));
    }

    private void Remember(double score)
    {
        if (_recentCount == _recent.Length)
            Array.Resize(ref _recent, Math.Min(WindowLength, Math.Max(64, 2 * _recentCount)));
        _recent[_recentCount++] = score;
        if (_recentCount < WindowLength)
            return;
        _scale = new SurpriseScale(new ReferenceSample(_recent));
        _recentCount = 0;
    }

    private static double ReadGreatest(ModelReader reader, double least)
    {
        double greatest = reader.GetDoubles("greatest-scale", 1)[0];
        return greatest >= least && greatest <= SurpriseScale.MaxOf(long.MaxValue - 1)
            ? greatest
            : throw MonitorState.Error(string.Create(CultureInfo.InvariantCulture, $"'greatest-scale' is {greatest}, and its scale ends at {least}"));
    }

    private static int ReadWindow(ModelReader reader, out double[] recent)
    {
        recent = reader.GetDoubles("recent", -1);
        int length = reader.GetInt32("window-length", 100, MostWindow);
        if (recent.Length >= length)
            throw MonitorState.Error(string.Create(CultureInfo.InvariantCulture, $"its window of {length} scores holds {recent.Length}"));
        return length;
    }
}
