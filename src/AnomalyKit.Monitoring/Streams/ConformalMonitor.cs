using AnomalyKit.Monitoring.Martingales;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Compares each value of a stream with those before it by a conformal test martingale: no reference sample is needed.</summary>
/// <remarks>
/// <para>
/// <b>Guarantee.</b> If the values are independent and of one distribution, the probability that drift is <i>ever</i> detected is at most <see cref="FalseDetectionProbability"/>, whatever the distribution, ties included, and however
/// long the stream. While the history grows, the p-values are exact (<see cref="ConformalPValues"/>); for these values exchangeability is enough.
/// </para>
/// <para>
/// <b>Memory.</b> The first <see cref="MaxHistory"/> values are kept. From then on they are the fixed reference sample of the same martingale, whose bets are corrected for it as those of <see cref="ReferenceMonitor"/> are: the history no
/// longer takes in values from after a change, and memory stays at about 8 bytes for each of these values at first, 45 KB later. The guarantee covers the whole: the capital is a martingale up to that point, and a supermartingale given
/// everything before with probability 1 − δ over the history; δ is a quarter of the probability, and the capital must reach 1 / (α − δ).
/// </para>
/// <para>Detects once. <see cref="DriftMonitor.Statistic"/> is the natural logarithm of the capital. Infinite values count as extremes, except in the history.</para>
/// </remarks>
public sealed class ConformalMonitor : StreamMonitor
{
    internal const string KindName = "conformal-martingale";

    private const int MostHistory = 1 << 24;

    private readonly double _limit;
    private readonly int _maxHistory = 4096;
    private ConformalPValues _pValues;
    private TestMartingale _martingale;
    private ReferenceSample? _reference;
    private ReferenceBets? _bets;

    /// <summary>Starts a monitor without a history.</summary>
    /// <param name="strategy">How to bet; <see cref="BettingStrategy.ChangePoint"/> by default.</param>
    /// <param name="falseDetectionProbability">α, above 0 and below 1; 0.01 by default.</param>
    /// <param name="seed">Seed of the random numbers that break ties.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public ConformalMonitor(BettingStrategy? strategy = null, double falseDetectionProbability = 0.01, ulong seed = 0)
    {
        Levels.ThrowIfNoProbability(falseDetectionProbability);
        FalseDetectionProbability = falseDetectionProbability;
        Seed = seed;
        _limit = Levels.LogLimit(falseDetectionProbability);
        _martingale = new TestMartingale(strategy);
        _pValues = new ConformalPValues(seed);
    }

    /// <summary>How many values become the history, from 2 to 2²⁴; 4,096 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int MaxHistory
    {
        get => _maxHistory;
        init
        {
            if (value is < 2 or > MostHistory)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The history must hold from 2 to {MostHistory} values.");
            _maxHistory = value;
        }
    }

    /// <summary>How it bets.</summary>
    public BettingStrategy Strategy => _martingale.Strategy;

    /// <summary>α: the probability, at most, that drift is ever detected in a stream without any.</summary>
    public double FalseDetectionProbability { get; }

    /// <summary>Seed of the random numbers that break ties.</summary>
    public ulong Seed { get; }

    /// <summary>The natural logarithm of the capital.</summary>
    public double LogCapital => _martingale.LogCapital;

    /// <summary>Whether the history is complete, and from now on the reference sample.</summary>
    public bool HasReference => _reference is not null;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DetectionMode Detects => DetectionMode.Once;

    /// <inheritdoc/>
    public override double Statistic => LogCapital;

    /// <inheritdoc/>
    public override double Limit => _limit;

    internal static ConformalMonitor Read(ModelReader reader, string subject)
    {
        var monitor = new ConformalMonitor(BettingStrategy.Read(reader.Scope("strategy")), reader.GetDouble("alpha"), reader.GetUInt64("seed"))
        {
            Subject = subject,
            MaxHistory = reader.GetInt32("max-history", 2, MostHistory),
        };
        monitor.ReadCounters(reader);
        if (!monitor._martingale.TryLoad(MonitorState.GetBits(reader, "capital"), monitor.Count))
            throw MonitorState.Error("its capital does not fit its betting strategy");
        if (monitor.Count >= monitor.MaxHistory)
        {
            var reference = ReferenceSample.Read(reader.Scope("reference"));
            if (reference.Count != monitor.MaxHistory)
                throw MonitorState.Error($"its history has {reference.Count} values, and {monitor.MaxHistory} were expected");
            monitor.Freeze(reference);
            return monitor;
        }

        double[] history = reader.GetDoubles("history", (int)monitor.Count);
        if (!IsSorted(history))
            throw MonitorState.Error("its history is not in order");
        monitor._pValues = new ConformalPValues(monitor.Seed, history);
        return monitor;
    }

    private protected override string Expected => HasReference
        ? "a number was expected. Leave missing values out, or fill them first"
        : "a finite number was expected. Leave missing values out, or fill them first";

    private protected override bool Accepts(double value) => HasReference ? !double.IsNaN(value) : double.IsFinite(value);

    private protected override bool Step(double value)
    {
        if (_bets is not null)
        {
            _martingale.Apply(_bets.For(value));
        }
        else
        {
            _martingale.Update(_pValues.Next(value));
            if (_pValues.Count == MaxHistory)
                Freeze(new ReferenceSample(_pValues.Sorted));
        }

        return _martingale.Wealth.Reaches(_limit);
    }

    private protected override void Restart()
    {
        _martingale = new TestMartingale(Strategy);
        _pValues = new ConformalPValues(Seed);
        _reference = null;
        _bets = null;
    }

    private protected override void WriteState(ModelWriter writer)
    {
        Strategy.WriteTo(writer.Scope("strategy"));
        writer.Set("alpha", FalseDetectionProbability);
        writer.Set("seed", Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.Set("max-history", MaxHistory);
        MonitorState.SetBits(writer, "capital", _martingale.Wealth.Save());
        if (_reference is not null)
            _reference.WriteTo(writer.Scope("reference"));
        else
            writer.Add<double>("history", _pValues.Sorted.ToArray());
    }

    private static bool IsSorted(double[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
                return false;
        }

        return true;
    }

    private void Freeze(ReferenceSample reference)
    {
        _reference = reference;
        _bets = new ReferenceBets(reference, Strategy.Bets, Levels.ReferenceShare(FalseDetectionProbability));
        // Not needed any more.
        _pValues = new ConformalPValues(Seed);
    }
}
