using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>The space of a search that names none.</summary>
internal static class BuiltInSpace
{
    private const int MinRows = 4;

    /// <summary>The built-in space for the smallest fit of the search: an inner fold of an outer one, at the first rung.</summary>
    /// <param name="start">The unchanged trainer.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="fewest">The rows of the smallest fit at the last rung.</param>
    /// <param name="pruning">How trials end early; null for not at all.</param>
    public static SearchSpace For(Setting start, SearchRows rows, int fewest, SuccessiveHalving? pruning) =>
        SearchSpace.For(start.Trainer, Math.Max(MinRows, FoldFitting.PartOf(fewest, pruning?.Fractions[0] ?? 1)), rows.ColumnCountOf(start));
}
