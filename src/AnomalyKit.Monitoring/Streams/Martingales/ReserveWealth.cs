namespace AnomalyKit.Monitoring.Martingales;

/// <summary>A reserve, of which each step stakes a part that falls as 1 / time, evenly over all bets. What is staked stays with its bet.</summary>
internal sealed class ReserveWealth : ScaledWealth
{
    private const double Horizon = 1000;

    // The last part is the reserve.
    public ReserveWealth(int bets)
        : base(bets + 1)
    {
        Parts[bets] = 1;
    }

    public override void Apply(ReadOnlySpan<double> factors, long count)
    {
        int bets = Parts.Length - 1;
        double moved = Parts[bets] / (Horizon + count + 1);
        double sum = Parts[bets] -= moved;
        double each = moved / bets;
        for (int i = 0; i < bets; i++)
            sum += Parts[i] = (Parts[i] + each) * factors[i];
        Rescale(sum);
    }
}
