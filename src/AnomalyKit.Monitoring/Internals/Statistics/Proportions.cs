namespace AnomalyKit.Monitoring.Statistics;

/// <summary>Whether two proportions are one: Pearson's test, and where a cell expects fewer than five, R. A. Fisher's exact one.</summary>
internal static class Proportions
{
    private const double MaxExact = 1 << 20;

    /// <param name="hitsA">Hits of the first sample.</param>
    /// <param name="countA">Its size, above 0.</param>
    /// <param name="hitsB">Hits of the second sample.</param>
    /// <param name="countB">Its size, above 0.</param>
    /// <returns>ln p, two-sided.</returns>
    public static double LogPValue(double hitsA, double countA, double hitsB, double countB)
    {
        double hits = hitsA + hitsB;
        double count = countA + countB;
        if (hits == 0 || hits == count)
            return 0;
        double least = Math.Min(countA, countB) / count * Math.Min(hits, count - hits);
        return least < ChiSquared.LeastExpected && Math.Min(Math.Min(countA, countB), Math.Min(hits, count - hits)) <= MaxExact
            ? LogExact(Math.Round(hitsA), countA, Math.Round(hitsB), countB)
            : ChiSquared.Test([hitsA, countA - hitsA], [hitsB, countB - hitsB]).LogPValue;
    }

    /// <summary>The probability of all tables of these margins that are no more likely than this one.</summary>
    public static double LogExact(double hitsA, double countA, double hitsB, double countB)
    {
        double hits = hitsA + hitsB;
        double low = Math.Max(0, hits - countB);
        double high = Math.Min(hits, countA);
        // Weights relative to the table at hand, outwards by their ratios: no factorial is needed.
        double asLikely = 1 + 1e-7;
        double extreme = 1;
        double all = 1;
        double weight = 1;
        for (double x = hitsA; x < high; x++)
        {
            weight *= (countA - x) / (x + 1) * ((hits - x) / (countB - hits + x + 1));
            all += weight;
            extreme += weight <= asLikely ? weight : 0;
        }

        weight = 1;
        for (double x = hitsA; x > low; x--)
        {
            weight *= x / (countA - x + 1) * ((countB - hits + x) / (hits - x + 1));
            all += weight;
            extreme += weight <= asLikely ? weight : 0;
        }

        return double.IsInfinity(all) ? -700 : Math.Min(0, Math.Log(extreme / all));
    }
}
