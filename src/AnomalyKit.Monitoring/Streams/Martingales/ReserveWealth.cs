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

    public override void ApplyAll(ReadOnlySpan<double> values, ReferenceBets bets, long count, Span<double> capitals)
    {
        int start = 0;
        while (start < values.Length)
        {
            start += Parts.Length == (2 * Lanes) + 1 ? ApplyWithinRange(values[start..], bets, count + start, capitals[start..]) : 0;
            if (start == values.Length)
                return;
            // One row the long way: it rescales, or there is another number of bets.
            base.ApplyAll(values.Slice(start, 1), bets, count + start, capitals[start..]);
            start++;
        }
    }

    /// <summary>Eight bets, kept in two vectors, for as long as the sum stays within its range.</summary>
    /// <returns>How many rows were taken in.</returns>
    private int ApplyWithinRange(ReadOnlySpan<double> values, ReferenceBets bets, long count, Span<double> capitals)
    {
        var parts = Parts.AsSpan();
        var first = Vector256.Create<double>(parts);
        var second = Vector256.Create<double>(parts[Lanes..]);
        double reserve = parts[2 * Lanes];
        double total = Sum;
        int row = 0;
        for (; row < values.Length && row < capitals.Length; row++)
        {
            if (!double.IsNaN(values[row]))
            {
                var factors = bets.For(values[row]);
                double moved = reserve / (Horizon + (count + row) + 1);
                double left = reserve - moved;
                var each = Vector256.Create(moved / (2 * Lanes));
                var newFirst = (first + each) * Vector256.Create(factors);
                var newSecond = (second + each) * Vector256.Create(factors[Lanes..]);
                var sum = newFirst + newSecond;
                double newTotal = left + (sum[0] + sum[1] + (sum[2] + sum[3]));
                if (!IsInRange(newTotal))
                    break;
                (first, second, reserve, total) = (newFirst, newSecond, left, newTotal);
            }

            capitals[row] = CapitalOf(total);
        }

        first.CopyTo(parts);
        second.CopyTo(parts[Lanes..]);
        parts[2 * Lanes] = reserve;
        Rescale(total);
        return row;
    }
}
