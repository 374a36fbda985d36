using AnomalyKit.Monitoring.Martingales;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Cumulative sums over ranks against a fixed reference sample, up and down, with a bound on how often they detect drift without any.</summary>
/// <remarks>
/// <para>
/// Each of the two sums adds ln((1 ± ½(2·rank − 1)) / c) and never falls below 0 (E. S. Page, <i>Continuous Inspection Schemes</i>, Biometrika 41, 1954), where c corrects for the reference sample as in <see cref="ReferenceMonitor"/>. Drift is
/// detected when one reaches ln(2 · <see cref="MinRunLength"/>).
/// </para>
/// <para>
/// <b>Guarantee.</b> With probability at least <see cref="ReferenceConfidence"/> over the draw of the reference sample: if the stream has its distribution, the expected number of values until a detection is at least
/// <see cref="MinRunLength"/>, and the probability of one within N values is at most N / <see cref="MinRunLength"/>. The sums are e-detectors: J. Shin, A. Ramdas, A. Rinaldo, NEJSDS 2, 2023. Unlike a test martingale this will detect something some
/// day in every stream; in exchange it notices a change equally fast however long it waited.
/// </para>
/// <para>Detects once. <see cref="DriftMonitor.Statistic"/> is the greater sum. Memory: about 16 KB. Infinite values count as extremes.</para>
/// </remarks>
public sealed class RankCusumMonitor : StreamMonitor
{
    internal const string KindName = "rank-cusum";

    private const double Kappa = 0.5;

    private readonly ReferenceBets _bets;

    /// <summary>Starts a monitor.</summary>
    /// <param name="reference">What values looked like before.</param>
    /// <param name="minRunLength">The expected number of values until a false detection, at least 1; 1,000,000 by default.</param>
    /// <param name="referenceConfidence">The probability that this holds for the reference sample, above 0 and below 1; 0.99 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RankCusumMonitor(ReferenceSample reference, double minRunLength = 1e6, double referenceConfidence = 0.99)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!(minRunLength is >= 1 and <= 1e15))
            throw new ArgumentOutOfRangeException(nameof(minRunLength), minRunLength, "The expected number of values until a false detection must be from 1 to 1e15.");
        if (!(referenceConfidence > 0 && referenceConfidence < 1))
            throw new ArgumentOutOfRangeException(nameof(referenceConfidence), referenceConfidence, "The confidence in the reference sample must be above 0 and below 1.");
        Reference = reference;
        MinRunLength = minRunLength;
        ReferenceConfidence = referenceConfidence;
        Limit = Math.Log(2 * minRunLength);
        _bets = new ReferenceBets(reference, [new LinearBet(Kappa), new LinearBet(-Kappa)], 1 - referenceConfidence);
    }

    /// <summary>What values looked like before.</summary>
    public ReferenceSample Reference { get; }

    /// <summary>The expected number of values until a false detection, at least.</summary>
    public double MinRunLength { get; }

    /// <summary>The probability, over the draw of the reference sample, that the guarantee holds.</summary>
    public double ReferenceConfidence { get; }

    /// <summary>The sum that grows while values are higher than those of the reference.</summary>
    public double UpwardSum { get; private set; }

    /// <summary>The sum that grows while values are lower than those of the reference.</summary>
    public double DownwardSum { get; private set; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DetectionMode Detects => DetectionMode.Once;

    /// <inheritdoc/>
    public override double Statistic => Math.Max(UpwardSum, DownwardSum);

    /// <inheritdoc/>
    public override double Limit { get; }

    internal static RankCusumMonitor Read(ModelReader reader, string subject)
    {
        var monitor = new RankCusumMonitor(ReferenceSample.Read(reader.Scope("reference")), reader.GetDouble("min-run-length"), reader.GetDouble("reference-confidence")) { Subject = subject };
        monitor.ReadCounters(reader);
        monitor.UpwardSum = MonitorState.GetDouble(reader, "upward", 0, double.MaxValue);
        monitor.DownwardSum = MonitorState.GetDouble(reader, "downward", 0, double.MaxValue);
        return monitor;
    }

    private protected override string Expected => "a number was expected. Leave missing values out, or fill them first";

    private protected override bool Accepts(double value) => !double.IsNaN(value);

    private protected override bool Step(double value)
    {
        var factors = _bets.For(value);
        UpwardSum = Math.Max(0, UpwardSum + Math.Log(factors[0]));
        DownwardSum = Math.Max(0, DownwardSum + Math.Log(factors[1]));
        return Statistic >= Limit;
    }

    private protected override void Restart() => UpwardSum = DownwardSum = 0;

    private protected override void WriteState(ModelWriter writer)
    {
        Reference.WriteTo(writer.Scope("reference"));
        writer.Set("min-run-length", MinRunLength);
        writer.Set("reference-confidence", ReferenceConfidence);
        writer.Set("upward", UpwardSum);
        writer.Set("downward", DownwardSum);
    }
}
