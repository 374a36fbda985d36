namespace AnomalyKit.Monitoring.Martingales;

/// <summary>1 + κ(1 − 2p): gains where values are higher than those of the reference if κ is above 0, lower if it is below.</summary>
/// <param name="kappa">From −1 to 1; 0 leaves the capital as it is.</param>
internal sealed class LinearBet(double kappa) : Bet
{
    public override double At(double p) => 1 + (kappa * (1 - (2 * p)));

    public override double Integral(double p) => p + (kappa * p * (1 - p));
}
