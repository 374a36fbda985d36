namespace AnomalyKit.Preparation;

/// <summary>What a level that no row of the fit has is worth: a little more than the rare ones among the levels that are there, and no more.</summary>
/// <remarks>
/// A cell that is 0 in all rows of the fit, or a rarity far beyond all others, is evidence without a bound for detectors that measure distances in deviations, or that look at columns that were constant:
/// such rows stand above all others, whatever else is in them.
/// </remarks>
internal static class UnseenLevel
{
    // Rarer ones are left out by robust estimates, and then nothing bounds how far away they are.
    private const double LeastShare = 0.05;

    // Cells are multiples of it, so that they add up to 1 exactly, as those of all rows do.
    private const double Unit = 1.0 / 65_536;

    /// <summary>The cells of one-hot levels: on the line from the mean of the rows through the rarest level that at least one in twenty has.</summary>
    /// <param name="counts">How many rows have each level.</param>
    /// <returns>One for each level, which add up to 1; none where all rows have one level, from which any other departs.</returns>
    /// <remarks>
    /// Its squared Mahalanobis distance from the mean is that of a level with half the share of this one, or with one in twenty, or with half of an even share, whichever is the greatest share: for a level of
    /// the share p it is 1 / p − 1.
    /// </remarks>
    public static float[]? OneHot(IReadOnlyList<double> counts)
    {
        double all = counts.Sum();
        int present = counts.Count(count => count > 0);
        if (present < 2)
            return null;
        double least = Least(present);
        int model = Model(counts, least * all);
        double share = counts[model] / all;
        double counted = Math.Max(share / 2, least);
        double step = Math.Sqrt(((1 / counted) - 1) / ((1 / share) - 1));
        var cells = new float[counts.Count];
        double rest = 1;
        for (int level = 0; level < cells.Length; level++)
        {
            if (level == model)
                continue;
            double cell = Math.Round(counts[level] / all * (1 - step) / Unit) * Unit;
            cells[level] = (float)cell;
            rest -= cell;
        }

        cells[model] = (float)rest;
        return cells;
    }

    /// <summary>The rarity: half as far beyond that of the rarest level that at least one row in twenty has as this lies beyond that of the most common one, and at most that of half a row. That of half a row, too, where
    /// all rows have one level.</summary>
    /// <param name="counts">How many rows have each level; those without rows do not count.</param>
    /// <param name="all">All rows and one more.</param>
    public static double Rarity(IReadOnlyList<double> counts, double all)
    {
        double halfRow = Math.Log(all / 0.5);
        int present = counts.Count(count => count > 0);
        if (present < 2)
            return halfRow;
        double rare = Math.Log(all / counts[Model(counts, Least(present) * counts.Sum())]);
        double most = Math.Log(all / counts.Max());
        return Math.Min(halfRow, rare + ((rare - most) / 2));
    }

    /// <summary>The share that a level needs to be an example; less where there are many levels.</summary>
    private static double Least(int present) => Math.Min(LeastShare, 0.5 / present);

    /// <summary>The rarest level that has so many rows; where only one has, the second most common.</summary>
    private static int Model(IReadOnlyList<double> counts, double least)
    {
        int[] order = [.. Enumerable.Range(0, counts.Count).OrderByDescending(level => counts[level]).ThenBy(level => level)];
        int enough = order.Count(level => counts[level] >= least);
        return order[Math.Max(1, enough - 1)];
    }
}
