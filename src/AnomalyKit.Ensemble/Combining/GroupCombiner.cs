using AnomalyKit.Numerics;

namespace AnomalyKit.Ensemble;

/// <summary>Average of maximum, or maximum of average, over random groups of members (Aggarwal and Sathe 2015, section 5).</summary>
internal sealed record GroupCombiner : ScoreCombiner
{
    public GroupCombiner(int groups, ulong seed, bool MaximumFirst)
    {
        if (groups < 1)
            throw new ArgumentOutOfRangeException(nameof(groups), groups, "There must be at least one group of members.");
        Groups = groups;
        Seed = seed;
        this.MaximumFirst = MaximumFirst;
    }

    public int Groups { get; }

    public ulong Seed { get; }

    public bool MaximumFirst { get; }

    internal override string Kind => MaximumFirst ? "average-of-maximum" : "maximum-of-average";

    public override string ToString() => $"{(MaximumFirst ? "average of maximum" : "maximum of average")} over {Groups} groups";

    public override string ToText() => $"{Kind}:{Groups},{Seed}";

    internal override IRowCombiner For(ReadOnlySpan<double> weights) =>
        new Row(weights.ToArray(), GroupsOf(weights.Length), Math.Min(Groups, weights.Length), MaximumFirst);

    /// <summary>The group of each of so many members.</summary>
    public int[] GroupsOf(int members)
    {
        var order = new int[members];
        for (int i = 0; i < members; i++)
            order[i] = i;
        var random = new CounterRandom(Seed);
        for (int i = members - 1; i > 0; i--)
        {
            int j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var group = new int[members];
        int count = Math.Min(Groups, members);
        for (int i = 0; i < members; i++)
            group[order[i]] = i % count;
        return group;
    }

    private sealed class Row(double[] weights, int[] group, int groups, bool maximumFirst) : IRowCombiner
    {
        public double Combine(Span<double> scores, Span<double> scratch)
        {
            double combined = maximumFirst ? 0 : double.NegativeInfinity;
            for (int g = 0; g < groups; g++)
            {
                double most = double.NegativeInfinity;
                double sum = 0;
                double weight = 0;
                for (int i = 0; i < scores.Length; i++)
                {
                    if (group[i] != g)
                        continue;
                    most = Math.Max(most, scores[i]);
                    sum += weights[i] * scores[i];
                    weight += weights[i];
                }

                if (maximumFirst)
                    combined += most / groups;
                else if (weight > 0)
                    combined = Math.Max(combined, sum / weight);
            }

            return combined;
        }
    }
}
