namespace AnomalyKit.EllipticEnvelope.Cells;

/// <summary>Finds the fewest groups of columns such that the rest of a row is ordinary: those for which the squared distance that is left, and the 99 % quantile of what freeing each explains by chance, add up to least.</summary>
/// <remarks>
/// After J. Raymaekers, P. J. Rousseeuw, <i>Handling Cellwise Outliers by Sparse Regression and Robust Covariance</i>, 2021. All subsets are too many. Forward steps alone are misled where wrong cells depend on each other; so
/// after every step a group is exchanged for another as long as that explains more. Steps go on beyond what is wrong, and then back: the group that needs it least is taken as known again. Of all sets on the way the best is taken.
/// </remarks>
internal sealed class CellSearch
{
    /// <summary>The most groups that are freed at once. Reasons name three by default.</summary>
    public const int MostGroups = 6;

    /// <summary>The most columns of a group: what is freed at once is solved for at once.</summary>
    public const int WidestGroup = 64;

    private const double Ordinary = 0.99;
    private const int MostExchanges = 20;
    private const double LeastGain = 1e-9;

    private static readonly double[] Cutoffs = new double[WidestGroup + 1];

    private readonly CellPrecision _precision;
    private readonly int[][] _groups;

    /// <param name="precision">The precision of all columns.</param>
    /// <param name="groups">The columns of each group.</param>
    public CellSearch(CellPrecision precision, int[][] groups) => (_precision, _groups) = (precision, groups);

    /// <summary>Searches a row.</summary>
    /// <param name="slopes">P (x − μ) of the row.</param>
    /// <returns>The groups, the greatest deviation first, each with its deviation; and their columns, freed.</returns>
    public (IReadOnlyList<(int Group, double Deviation)> Groups, FreedColumns Freed) Find(double[] slopes)
    {
        var freed = new FreedColumns(_precision, slopes);
        var found = new List<int>();
        int[] chosen = [];
        double most = 0;
        while (found.Count < MostGroups && Best(freed, found, besides: -1) is { Group: >= 0 } best)
        {
            found.Add(best.Group);
            Exchange(freed, found);
            Consider();
        }

        while (found.Count > 1)
        {
            found.RemoveAt(Needless(freed, found).Place);
            Exchange(freed, found);
            Consider();
        }

        return Ordered(freed, [.. chosen]);

        void Consider()
        {
            Free(freed, found, besides: -1);
            double worth = freed.Distance - found.Sum(group => Cutoff(_groups[group].Length));
            if (worth > most)
                (chosen, most) = ([.. found], worth);
        }
    }

    /// <summary>Leaves out what deviates no more than ordinary cells do, and puts the rest in order.</summary>
    private (IReadOnlyList<(int Group, double Deviation)> Groups, FreedColumns Freed) Ordered(FreedColumns freed, List<int> found)
    {
        while (found.Count > 0 && Needless(freed, found) is var (place, worth) && worth < Cutoff(1))
            found.RemoveAt(place);
        var deviations = new double[found.Count];
        for (int i = 0; i < deviations.Length; i++)
        {
            Free(freed, found, besides: i);
            deviations[i] = Math.Sqrt(Worth(found[i], freed.Gain(_groups[found[i]])));
        }

        Free(freed, found, besides: -1);
        return ([.. found.Zip(deviations).OrderByDescending(pair => pair.Second)], freed);
    }

    /// <summary>Groups are exchanged one by one for what explains more in their place.</summary>
    private void Exchange(FreedColumns freed, List<int> found)
    {
        for (int exchange = 0; exchange < MostExchanges && found.Count > 1; exchange++)
        {
            var (place, other, most) = (-1, -1, 0.0);
            for (int i = 0; i < found.Count; i++)
            {
                Free(freed, found, besides: i);
                double own = Worth(found[i], freed.Gain(_groups[found[i]]));
                var best = Best(freed, found, besides: i);
                if (best.Worth - own > Math.Max(most, LeastGain * (1 + own)))
                    (place, other, most) = (i, best.Group, best.Worth - own);
            }

            if (place < 0)
                return;
            found[place] = other;
        }
    }

    /// <summary>The group that needs least to be free, beside the others, and what freeing it explains.</summary>
    private (int Place, double Worth) Needless(FreedColumns freed, List<int> found)
    {
        var (place, least) = (-1, double.PositiveInfinity);
        for (int i = 0; i < found.Count; i++)
        {
            Free(freed, found, besides: i);
            double worth = Worth(found[i], freed.Gain(_groups[found[i]]));
            if (place < 0 || worth < least)
                (place, least) = (i, worth);
        }

        return (place, least);
    }

    private void Free(FreedColumns freed, List<int> found, int besides)
    {
        freed.Clear();
        for (int i = 0; i < found.Count; i++)
        {
            if (i != besides)
                freed.Add(_groups[found[i]]);
        }
    }

    /// <summary>The group that explains most of what is left; none where nothing is left to explain.</summary>
    private (int Group, double Worth) Best(FreedColumns freed, List<int> found, int besides)
    {
        var (group, most) = (-1, 0.0);
        for (int i = 0; i < _groups.Length; i++)
        {
            double worth = Worth(i, freed.Gain(_groups[i]));
            if (worth > most && (besides >= 0 && found[besides] == i || !found.Contains(i)))
                (group, most) = (i, worth);
        }

        return (group, most);
    }

    /// <summary>What a group explains, as if it were one column: several columns explain more by chance.</summary>
    private double Worth(int group, double gain) => Math.Max(0, gain - Cutoff(_groups[group].Length) + Cutoff(1));

    private static double Cutoff(int columns)
    {
        if (Volatile.Read(ref Cutoffs[columns]) is var known && known > 0)
            return known;
        double cutoff = ChiSquared.Quantile(Ordinary, columns);
        Volatile.Write(ref Cutoffs[columns], cutoff);
        return cutoff;
    }
}
