namespace AnomalyKit.Monitoring.Martingales;

/// <summary>At each step a fraction of the whole capital is spread evenly over all bets.</summary>
internal sealed class JumpingWealth : ScaledWealth
{
    private readonly double _jump;

    public JumpingWealth(int bets, double jump)
        : base(bets)
    {
        _jump = jump;
        Parts.AsSpan().Fill(1.0 / bets);
    }

    public override void Apply(ReadOnlySpan<double> factors, long count)
    {
        double moved = _jump * Sum / Parts.Length;
        double sum = 0;
        for (int i = 0; i < Parts.Length; i++)
            sum += Parts[i] = ((Parts[i] * (1 - _jump)) + moved) * factors[i];
        Rescale(sum);
    }
}
