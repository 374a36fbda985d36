using System.Runtime.Intrinsics;

namespace AnomalyKit.Monitoring.Martingales;

/// <summary>A reserve, of which each step stakes a part that falls as 1 / time, evenly over all bets. What is staked stays with its bet.</summary>
/// <remarks>Sums are taken in four lanes, in a fixed order: the same bits on every processor.</remarks>
internal sealed class ReserveWealth : ScaledWealth
{
    private const double Horizon = 1000;
    private const int Lanes = 4;

    // The last part is the reserve.
    public ReserveWealth(int bets)
        : base(bets + 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bets % Lanes, 0);
        Parts[bets] = 1;
    }

    public override void Apply(ReadOnlySpan<double> factors, long count)
    {
        var parts = Parts.AsSpan();
        int bets = parts.Length - 1;
        double moved = parts[bets] / (Horizon + count + 1);
        double reserve = parts[bets] -= moved;
        var each = Vector256.Create(moved / bets);
        var sum = Vector256<double>.Zero;
        for (int i = 0; i < bets; i += Lanes)
        {
            var part = (Vector256.Create<double>(parts[i..]) + each) * Vector256.Create(factors[i..]);
            part.CopyTo(parts[i..]);
            sum += part;
        }

        Rescale(reserve + (sum[0] + sum[1] + (sum[2] + sum[3])));
    }
}
