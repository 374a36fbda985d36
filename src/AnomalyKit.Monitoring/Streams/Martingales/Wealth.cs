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

    /// <summary>Takes in many values of a stream, with the same bits as one by one.</summary>
    /// <param name="values">The values; NaN leaves the capital as it is.</param>
    /// <param name="bets">What they pay.</param>
    /// <param name="count">How many rows came before the first.</param>
    /// <param name="capitals">Receives the capital after each.</param>
    public virtual void ApplyAll(ReadOnlySpan<double> values, ReferenceBets bets, long count, Span<double> capitals)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
                Apply(bets.For(values[i]), count + i);
            capitals[i] = Capital;
        }
    }

    /// <summary>Whether the capital has reached a limit, given as its natural logarithm.</summary>
    public abstract bool Reaches(double logLimit);

    /// <summary>All that is needed to go on, bit for bit.</summary>
    public abstract double[] Save();

    /// <summary>Goes on from what was saved.</summary>
    /// <returns>Whether the numbers make sense.</returns>
    public abstract bool TryLoad(ReadOnlySpan<double> saved);
}
