using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>The space of a search that names none.</summary>
internal static class BuiltInSpace
{
    private const int MinRows = 4;

    /// <summary>The built-in space for the smallest fit of the search: an inner fold of an outer one, at the first rung.</summary>
    public static SearchSpace For(Setting start, SearchRows rows, DetectorSearch search)
    {
        double fraction = 1 - (1.0 / search.Split.FoldCount);
        if (search.OuterFolds > 0)
            fraction *= 1 - (1.0 / search.OuterFolds);
        fraction *= search.Pruning?.Fractions[0] ?? 1;
        return SearchSpace.For(start.Trainer, Math.Max(MinRows, (int)(fraction * rows.Count)), rows.ColumnCountOf(start));
    }
}
