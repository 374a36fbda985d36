namespace AnomalyKit.Ensemble;

/// <summary>Divides what a combined score gains, from one set of members' scores to another, among the members.</summary>
/// <remarks>
/// The members' scores move together in a straight line, in small steps; in each step they move one after the other, there and back in turn, and each gets what the combined score gains by its move.
/// In the limit these are the shares of R. J. Aumann, L. S. Shapley, <i>Values of Non-Atomic Games</i>, 1974; the mean is divided exactly by any number of steps. The shares always add up to the gain.
/// </remarks>
internal static class MemberShares
{
    private const int Steps = 8;

    /// <param name="combiner">Combines normalized scores.</param>
    /// <param name="from">The members' normalized scores where nothing is known of the row.</param>
    /// <param name="to">Their normalized scores of the row.</param>
    /// <param name="shares">Receives each member's share of the gain.</param>
    /// <param name="scratch">Three numbers per member to work with.</param>
    /// <returns>The combined score at the start, and at the end.</returns>
    public static (double Before, double After) Divide(
        IRowCombiner combiner, ReadOnlySpan<double> from, ReadOnlySpan<double> to, Span<double> shares, Span<double> scratch)
    {
        int count = from.Length;
        var current = scratch[..count];
        var working = scratch.Slice(count, count);
        var rest = scratch.Slice(2 * count, count);
        from.CopyTo(current);
        shares.Clear();
        double first = Combined(combiner, current, working, rest);
        double before = first;
        for (int step = 1; step <= Steps; step++)
        {
            double share = (double)step / Steps;
            for (int k = 0; k < count; k++)
            {
                int m = step % 2 == 1 ? k : count - 1 - k;
                if (to[m] == from[m])
                    continue;
                current[m] = step == Steps ? to[m] : from[m] + (share * (to[m] - from[m]));
                double after = Combined(combiner, current, working, rest);
                shares[m] += after - before;
                before = after;
            }
        }

        return (first, before);
    }

    private static double Combined(IRowCombiner combiner, ReadOnlySpan<double> scores, Span<double> working, Span<double> scratch)
    {
        scores.CopyTo(working);
        return combiner.Combine(working, scratch);
    }
}
