namespace AnomalyKit.Monitoring.Martingales;

/// <summary>A bet on where a p-value falls: a density on [0, 1], at least 0 and of integral 1, so that a fair p-value earns nothing on average.</summary>
internal abstract class Bet
{
    /// <summary>What the capital is multiplied by.</summary>
    /// <param name="p">The p-value, above 0 and at most 1.</param>
    public abstract double At(double p);

    /// <summary>The integral of the bet from 0 to <paramref name="p"/>; 1 at 1.</summary>
    /// <param name="p">From 0 to 1.</param>
    public abstract double Integral(double p);
}
