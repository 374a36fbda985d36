using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Where the tail of sorted scores begins: the highest score below it, and how many scores lie above that.</summary>
/// <param name="Bound">The score that the tail lies above; scores that tie with it are not in the tail.</param>
/// <param name="Beyond">How many scores lie above the bound; 0 where none does.</param>
internal readonly record struct ScoreTail(double Bound, int Beyond)
{
    /// <summary>The fewest scores that are taken for the tail, where there are as many.</summary>
    public const int MinExcesses = 10;

    /// <summary>Takes a fraction of the largest scores, at least ten of them and at most all but one.</summary>
    /// <param name="sorted">At least one score, ascending, none NaN.</param>
    /// <param name="fraction">From 0 to 1.</param>
    /// <remarks>
    /// Ties move the beginning up, never down. Scores that tie with the bound lie below the tail; and where half of the tail is a single score, no
    /// distribution fits it: the tail begins above that score.
    /// </remarks>
    public static ScoreTail Of(ReadOnlySpan<float> sorted, double fraction)
    {
        int count = sorted.Length;
        int excesses = Math.Min(Math.Max((int)(fraction * count), MinExcesses), count - 1);
        float bound = sorted[count - 1 - excesses];
        int beyond = count - SortedScores.CountUpTo(sorted, bound);
        while (MostTied(sorted[^beyond..]) is { } tied)
        {
            bound = tied;
            beyond = count - SortedScores.CountUpTo(sorted, bound);
        }

        return new ScoreTail(bound, beyond);
    }

    /// <summary>The same of scores that count a number of times each.</summary>
    public static (double Bound, double Beyond) Of(WeightedScores scores, double fraction)
    {
        double total = scores.Total;
        double excesses = Math.Max(0, Math.Min(Math.Max(Math.Floor(fraction * total), MinExcesses), total - 1));
        int index = scores.IndexAt(total - 1 - excesses);
        while (total - scores.End(index) is var beyond && beyond >= 2)
        {
            int low = scores.IndexAt(scores.End(index) + Math.Floor((beyond - 1) / 2));
            int high = scores.IndexAt(scores.End(index) + Math.Floor(beyond / 2));
            int tied = IsMostOf(beyond, scores.Weight(low)) ? low : IsMostOf(beyond, scores.Weight(high)) ? high : -1;
            if (tied < 0)
                break;
            index = tied;
        }

        return (scores.Values[index], total - scores.End(index));
    }

    private static bool IsMostOf(double beyond, double tied) => tied > 1 && 2 * tied >= beyond;

    /// <summary>The score of at least half of a tail, and of at least two of its scores; null where there is none.</summary>
    private static float? MostTied(ReadOnlySpan<float> tail)
    {
        if (tail.Length < 2)
            return null;
        // A run of half the scores covers one of the two in the middle.
        foreach (float middle in (ReadOnlySpan<float>)[tail[(tail.Length - 1) / 2], tail[tail.Length / 2]])
        {
            int tied = SortedScores.CountUpTo(tail, middle) - SortedScores.CountBelow(tail, middle);
            if (tied > 1 && 2 * tied >= tail.Length)
                return middle;
        }

        return null;
    }
}
