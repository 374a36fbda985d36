using AnomalyKit.Monitoring.Martingales;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Compares a stream with a fixed reference sample by a test martingale, whose false-alarm probability holds for streams of any length.</summary>
/// <remarks>
/// <para>
/// <b>Guarantee.</b> If the reference sample and the stream are independent values of one distribution, the probability that drift is <i>ever</i> detected is at most
/// <see cref="FalseDetectionProbability"/>, whatever the distribution, ties included, and however long the stream. The probability counts the draw of the sample and the stream. Dependent values, such as a daily pattern that the sample
/// does not cover, are detected as drift.
/// </para>
/// <para>
/// <b>Why a correction is needed.</b> Ranks against a fixed sample are not independent p-values: a sample that happens to be a little low makes every later value look a little high, and in a long stream the martingale would find that
/// with certainty. So each bet is divided by the most that it can earn on average, with probability 1 − δ, given the sample. That most follows from the distribution of spacings and Chernoff's bound, and needs no assumption. A quarter of the
/// false-detection probability is δ, and the capital must reach 1 / (α − δ) (Ville's inequality). The same problem with another solution:
/// S. Shaer, Y. Bar, D. Prinster, Y. Romano, <i>Testing For Distribution Shifts with Conditional Conformal Test Martingales</i>, 2026, arXiv 2602.13848.
/// </para>
/// <para>
/// <b>What it notices.</b> Changes of the distribution of ranks, up or down, that exceed what the size of the sample leaves open: about 1.2 / √n in the mean rank. Detects once. <see cref="DriftMonitor.Statistic"/> is the natural logarithm of the capital.
/// Memory: about 45 KB with the default strategy, of any sample and stream. Infinite values count as extremes.
/// </para>
/// </remarks>
public sealed class ReferenceMonitor : StreamMonitor
{
    internal const string KindName = "reference-martingale";

    private readonly ReferenceBets _bets;
    private readonly double _limit;
    private Wealth _wealth;

    /// <summary>Starts a monitor.</summary>
    /// <param name="reference">What values looked like before.</param>
    /// <param name="strategy">How to bet; <see cref="BettingStrategy.ChangePoint"/> by default.</param>
    /// <param name="falseDetectionProbability">α, above 0 and below 1; 0.01 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public ReferenceMonitor(ReferenceSample reference, BettingStrategy? strategy = null, double falseDetectionProbability = 0.01)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Levels.ThrowIfNoProbability(falseDetectionProbability);
        Reference = reference;
        Strategy = strategy ?? BettingStrategy.ChangePoint();
        FalseDetectionProbability = falseDetectionProbability;
        _bets = new ReferenceBets(reference, Strategy.Bets, Levels.ReferenceShare(falseDetectionProbability));
        _limit = Levels.LogLimit(falseDetectionProbability);
        _wealth = Strategy.Start();
    }

    /// <summary>What values looked like before.</summary>
    public ReferenceSample Reference { get; }

    /// <summary>How it bets.</summary>
    public BettingStrategy Strategy { get; }

    /// <summary>α: the probability, at most, that drift is ever detected in a stream without any.</summary>
    public double FalseDetectionProbability { get; }

    /// <summary>The natural logarithm of the capital.</summary>
    public double LogCapital => _wealth.LogCapital;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DetectionMode Detects => DetectionMode.Once;

    /// <inheritdoc/>
    public override double Statistic => LogCapital;

    /// <inheritdoc/>
    public override double Limit => _limit;

    internal static ReferenceMonitor Read(ModelReader reader, string subject)
    {
        var monitor = new ReferenceMonitor(
            ReferenceSample.Read(reader.Scope("reference")), BettingStrategy.Read(reader.Scope("strategy")), reader.GetDouble("alpha"))
        {
            Subject = subject,
        };
        monitor.ReadCounters(reader);
        if (!monitor._wealth.TryLoad(MonitorState.GetBits(reader, "capital")))
            throw MonitorState.Error("its capital does not fit its betting strategy");
        return monitor;
    }

    private protected override string Expected => "a number was expected. Leave missing values out, or fill them first";

    private protected override bool Accepts(double value) => !double.IsNaN(value);

    private protected override bool Step(double value)
    {
        _wealth.Apply(_bets.For(value), Count);
        return _wealth.Reaches(_limit);
    }

    private protected override void Restart() => _wealth = Strategy.Start();

    private protected override void WriteState(ModelWriter writer)
    {
        Reference.WriteTo(writer.Scope("reference"));
        Strategy.WriteTo(writer.Scope("strategy"));
        writer.Set("alpha", FalseDetectionProbability);
        MonitorState.SetBits(writer, "capital", _wealth.Save());
    }
}
