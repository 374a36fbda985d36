using System.Numerics;

namespace AnomalyKit.Profiles;

/// <summary>The profile of a column of numbers or dates.</summary>
internal static class NumberProfile
{
    /// <summary>The most runs of values of which one is kept: the rank error is at most 1 / 768, and 1 / 1024 of 8,192 values.</summary>
    public const int MaxRuns = 768;

    private const int MinRuns = 16;
    private const int MaxTotalRuns = 1 << 21;

    /// <summary>The most runs a column where there are so many columns: of more than 2,730 each keeps less, so that the profile does not outgrow the model.</summary>
    public static int RunsOf(int columnCount) => Math.Clamp(MaxTotalRuns / columnCount, MinRuns, MaxRuns);

    /// <param name="name">The column.</param>
    /// <param name="kind">Numbers or dates.</param>
    /// <param name="sorted">The sampled values, ascending, less the offset.</param>
    /// <param name="offset">What is added to each.</param>
    /// <param name="range">Of all rows.</param>
    /// <param name="runs">The most runs that are kept.</param>
    public static ColumnProfile Of<T>(string name, ColumnKind kind, ReadOnlySpan<T> sorted, double offset, ColumnRange range, int runs)
        where T : IBinaryFloatingPointIeee754<T>
    {
        int distinct = sorted.IsEmpty ? 0 : 1;
        for (int i = 1; i < sorted.Length; i++)
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        return new ColumnProfile(name, kind, range.MissingFraction)
        {
            Sketch = QuantileSketch.OfSorted(sorted, offset, runs, isDrawn: kind == ColumnKind.DateTime).Frozen(),
            Minimum = range.IsEmpty ? null : range.Minimum,
            Maximum = range.IsEmpty ? null : range.Maximum,
            DistinctCount = distinct,
        };
    }
}
