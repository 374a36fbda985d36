using AnomalyKit.Monitoring.Martingales;

namespace AnomalyKit;

/// <summary>Capital that is bet against the uniformity of p-values: the larger it has grown, the stronger the evidence that something has changed.</summary>
/// <remarks>
/// <para>
/// <b>Guarantee.</b> Where p-values are independent and uniform on (0, 1], or never more often small or large than the bets assume, the capital is a nonnegative martingale with expectation 1. By Ville's
/// inequality the probability that it <i>ever</i> reaches 1 / α, over a stream of any length, is at most α. (J. Ville, <i>Étude critique de la notion de collectif</i>, 1939.)
/// </para>
/// <para>
/// This is the building block for p-values of your own. <see cref="ConformalMonitor"/> and <see cref="ReferenceMonitor"/> take values, make p-values of them and detect drift. The capital is kept as a
/// logarithm, so that it neither overflows nor vanishes. Not thread-safe.
/// </para>
/// </remarks>
public sealed class TestMartingale
{
    private readonly Bet[] _bets;
    private readonly double[] _factors;
    private Wealth _wealth;

    /// <summary>Starts with a capital of 1.</summary>
    /// <param name="strategy">How to bet; <see cref="BettingStrategy.ChangePoint"/> by default.</param>
    public TestMartingale(BettingStrategy? strategy = null)
    {
        Strategy = strategy ?? BettingStrategy.ChangePoint();
        _bets = [.. Strategy.Bets];
        _factors = new double[_bets.Length];
        _wealth = Strategy.Start();
    }

    /// <summary>How it bets.</summary>
    public BettingStrategy Strategy { get; }

    /// <summary>How many p-values were seen.</summary>
    public long Count { get; private set; }

    /// <summary>The natural logarithm of the capital: 0 at the start, −∞ where a bet of probability 0 lost everything.</summary>
    public double LogCapital => _wealth.LogCapital;

    /// <summary>Bets on the next p-value.</summary>
    /// <param name="pValue">Above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The p-value is out of range.</exception>
    public void Update(double pValue)
    {
        if (!(pValue > 0 && pValue <= 1))
            throw new ArgumentOutOfRangeException(nameof(pValue), pValue, "A p-value must be above 0 and at most 1.");
        for (int i = 0; i < _bets.Length; i++)
            _factors[i] = _bets[i].At(pValue);
        Apply(_factors);
    }

    /// <summary>Starts again with a capital of 1.</summary>
    public void Reset()
    {
        _wealth = Strategy.Start();
        Count = 0;
    }

    internal Wealth Wealth => _wealth;

    /// <summary>Multiplies by what bets were computed to pay elsewhere.</summary>
    internal void Apply(ReadOnlySpan<double> factors)
    {
        _wealth.Apply(factors, Count);
        Count++;
    }

    /// <summary>Goes on from saved capital.</summary>
    internal bool TryLoad(ReadOnlySpan<double> saved, long count)
    {
        Count = count;
        return _wealth.TryLoad(saved);
    }
}
