namespace AnomalyKit.Monitoring.Martingales;

/// <summary>ε·pᵉ⁻¹, which gains where p-values are small, or the same of 1 − p.</summary>
/// <param name="epsilon">Above 0 and below 1; the smaller, the more it relies on extreme values.</param>
/// <param name="mirrored">Whether it gains where p-values are close to 1: values that are extremely low.</param>
internal sealed class PowerBet(double epsilon, bool mirrored = false) : Bet
{
    // A p-value of exactly 1 would make the mirrored bet infinite; it is treated like the greatest number below 1.
    private const double LeastTail = 1.0 / (1UL << 53);

    public override double At(double p) => epsilon * Math.Pow(mirrored ? Math.Max(1 - p, LeastTail) : p, epsilon - 1);

    public override double Integral(double p) => mirrored ? 1 - Math.Pow(1 - p, epsilon) : Math.Pow(p, epsilon);
}
