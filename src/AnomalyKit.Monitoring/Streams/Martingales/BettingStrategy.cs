using AnomalyKit.Monitoring.State;
using AnomalyKit.Monitoring.Martingales;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>How a test martingale bets against the assumption that nothing has changed.</summary>
/// <remarks>
/// <para>
/// Each strategy is a set of bets, densities on [0, 1] that multiply the capital at each p-value, and a rule that moves capital between them. Whatever the strategy, the capital is a test martingale:
/// it starts at 1, is never negative, and has expectation 1 as long as p-values are independent and uniform.
/// </para>
/// <para>V. Vovk, A. Gammerman, G. Shafer, <i>Algorithmic Learning in a Random World</i>, second edition, 2022, chapters 8 and 9. Immutable.</para>
/// </remarks>
public abstract record BettingStrategy
{
    private protected BettingStrategy()
    {
    }

    /// <summary>The bets, at least one.</summary>
    internal abstract IReadOnlyList<Bet> Bets { get; }

    /// <summary>The name in saved states.</summary>
    internal abstract string Kind { get; }

    /// <summary>
    /// One bet ε·pᵉ⁻¹, the power martingale: gains where values are higher than before. The capital falls steadily as long as nothing happens, so that a late change is noticed late: meant for
    /// short streams and for comparison.
    /// </summary>
    /// <param name="epsilon">ε, above 0 and below 1.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of range.</exception>
    public static BettingStrategy Power(double epsilon = 0.92) => new PowerStrategy(epsilon);

    /// <summary>The mean of the power martingales of ε = 0.1, 0.2, …, 0.9: no ε to choose. A late change is noticed late, as with <see cref="Power"/>.</summary>
    /// <returns>The strategy.</returns>
    public static BettingStrategy PowerMixture() => new PowerMixtureStrategy();

    /// <summary>
    /// The simple jumper: bets 1 + E(p − ½) with E of −1, 0 and 1, between which a fraction of the capital moves at each step, so that it follows changes of either direction.
    /// (V. Vovk et al., <i>Retrain or not retrain: conformal test martingales for change-point detection</i>, COPA 2021.)
    /// </summary>
    /// <param name="jump">The fraction of the capital that moves at each step, above 0 and at most 1.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    public static BettingStrategy SimpleJumper(double jump = 0.01) => new SimpleJumperStrategy(jump);

    /// <summary>
    /// The default: bets of several sizes, up and down, whose stakes are spread over all possible times of a change. Of a reserve, row t stakes the fraction 1 / (t + 1,000), so that the reserve after t rows is
    /// 1,000 / (1,000 + t): a change after 100,000 quiet rows costs the logarithm of the waiting time, where the other strategies have lost an amount proportional to it.
    /// </summary>
    /// <returns>The strategy.</returns>
    /// <remarks>
    /// A mixture over start times, as in change detection by e-processes: J. Shin, A. Ramdas, A. Rinaldo, <i>E-detectors: A Nonparametric Framework for Sequential Change Detection</i>, NEJSDS 2, 2023. Bets:
    /// 1 + κ(1 − 2p) with κ of ±0.2, ±0.5 and ±0.9, and 0.5·p⁻⁰·⁵ of p and of 1 − p.
    /// </remarks>
    public static BettingStrategy ChangePoint() => new ChangePointStrategy();

    /// <summary>Capital at the start, by bet.</summary>
    internal abstract Wealth Start();

    internal virtual void WriteTo(ModelWriter writer) => writer.Set("kind", Kind);

    internal static BettingStrategy Read(ModelReader reader)
    {
        string kind = reader.GetString("kind");
        try
        {
            return kind switch
            {
                PowerStrategy.Name => Power(reader.GetDouble("epsilon")),
                PowerMixtureStrategy.Name => PowerMixture(),
                SimpleJumperStrategy.Name => SimpleJumper(reader.GetDouble("jump")),
                ChangePointStrategy.Name => ChangePoint(),
                _ => throw MonitorState.Error($"the betting strategy '{kind}' is unknown"),
            };
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw MonitorState.Error("its betting strategy has a parameter out of range", exception);
        }
    }
}
