using AnomalyKit.Numerics;

namespace AnomalyKit.Explaining;

/// <summary>The part of the training rows that lies at least as far out as a value, or has its level; of the rows that have a value.</summary>
/// <param name="Estimate">What the profile tells, from 0 to 1.</param>
/// <param name="Bound">The most that it can be: certain where all training rows were looked at, otherwise at 99 %. The estimate itself where that is exact.</param>
internal readonly record struct TrainingShare(double Estimate, double Bound)
{
    private const double Confidence = 0.99;

    /// <summary>No training row, for sure.</summary>
    public static TrainingShare None => default;

    public bool IsNone => Bound == 0;

    /// <summary>Whether the estimate says more than the bound: it cannot be off by more than its own size upwards.</summary>
    public bool IsResolved => Bound <= 2 * Estimate;

    public bool IsExact => Bound == Estimate;

    /// <summary>The estimate, or the bound where the profile cannot tell; 0 only where there is no such row.</summary>
    public double Value => IsResolved ? Estimate : Bound;

    /// <param name="count">How many of the rows in the profile are such rows.</param>
    /// <param name="most">The most that they can be; the count itself where that is exact.</param>
    /// <param name="rows">The rows in the profile that have a value.</param>
    /// <param name="areAll">Whether these are all training rows that have a value.</param>
    public static TrainingShare Of(long count, long most, long rows, bool areAll)
    {
        double estimate = (double)count / rows;
        return (areAll, most == count) switch
        {
            (true, true) => new TrainingShare(estimate, estimate),
            (true, false) => new TrainingShare(estimate, Math.Min(1, (most + 1.0) / rows)),
            // One row is drawn of each of many equal stretches, which scatters no more than drawing freely does: the bound of Clopper and Pearson holds.
            _ => new TrainingShare(estimate, most >= rows ? 1 : BinomialBound.Upper(most, rows, Confidence)),
        };
    }

    /// <summary>The share of the training rows that are at least as far out as a number.</summary>
    /// <param name="profile">The profile of a column of numbers or dates.</param>
    /// <param name="value">The number.</param>
    /// <param name="isHigh">Whether rows at or above it count; otherwise those at or below.</param>
    /// <param name="areAll">Whether the profile looked at all training rows.</param>
    public static TrainingShare Tail(ColumnProfile profile, double value, bool isHigh, bool areAll)
    {
        var sketch = profile.Sketch!;
        // The ends are those of all rows, whatever was sampled.
        if (isHigh ? value > (profile.Maximum ?? sketch.Maximum) : value < (profile.Minimum ?? sketch.Minimum))
            return None;
        double fraction = isHigh ? 1 - sketch.Rank(value, isInclusive: false) : sketch.Rank(value);
        // Within the ends there is at least one such row.
        long count = Math.Max(areAll ? 1 : 0, (long)Math.Round(fraction * sketch.Count));
        // The sketch is off by fewer rows than its error: of a run only those beyond the row that stands for it are overlooked.
        long lost = (long)Math.Ceiling(sketch.RankError * sketch.Count);
        return Of(count, lost == 0 ? count : Math.Min(sketch.Count, count + lost - 1), sketch.Count, areAll);
    }

    /// <summary>The share of the training rows that have a level.</summary>
    /// <param name="profile">The profile of a column of categories or booleans.</param>
    /// <param name="level">The level.</param>
    /// <param name="areAll">Whether the profile looked at all training rows.</param>
    public static TrainingShare Level(ColumnProfile profile, string level, bool areAll)
    {
        for (int i = 0; i < profile.Levels.Count; i++)
        {
            if (profile.Levels[i] == level)
                return Of(profile.LevelCounts[i], profile.LevelCounts[i], profile.SampledCount, areAll);
        }

        // It may be one of those that are not listed.
        return Of(0, profile.OtherCount, profile.SampledCount, areAll);
    }
}
