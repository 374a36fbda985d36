namespace AnomalyKit.Monitoring.Martingales;

/// <summary>The capital of a test martingale, divided among its bets.</summary>
internal abstract class Wealth
{
    /// <summary>The natural logarithm of the whole capital; −∞ where all is lost.</summary>
    public abstract double LogCapital { get; }

    /// <summary>The whole capital, +∞ where it exceeds the range.</summary>
    public virtual double Capital => Math.Exp(LogCapital);

    /// <summary>Moves capital between bets, then multiplies that of each bet.</summary>
    /// <param name="factors">A number for each bet, finite and at least 0.</param>
    /// <param name="count">How many rows came before this one.</param>
    public abstract void Apply(ReadOnlySpan<double> factors, long count);

    /// <summary>Whether the capital has reached a limit, given as its natural logarithm.</summary>
    public abstract bool Reaches(double logLimit);

    /// <summary>All that is needed to go on, bit for bit.</summary>
    public abstract double[] Save();

    /// <summary>Goes on from what was saved.</summary>
    /// <returns>Whether the numbers make sense.</returns>
    public abstract bool TryLoad(ReadOnlySpan<double> saved);
}
