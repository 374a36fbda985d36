using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>The space of a search that names none.</summary>
internal static class BuiltInSpace
{
    private const int MinRows = 4;

    /// <summary>The built-in space for the smallest fit of the search: an inner fold of an outer one, at the first rung.</summary>
    public static SearchSpace For(Setting start, SearchRows rows, DetectorSearch search)
    {
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        int fewest = Fewest(rows, search, all);
        if (search.OuterFolds > 0)
            fewest = Divided(rows, search, all, search.OuterFolds).Select(fold => Fewest(rows, search, fold.Training)).Append(fewest).Min();
        return SearchSpace.For(start.Trainer, Math.Max(MinRows, fewest), rows.ColumnCountOf(start));
    }

    private static int Fewest(SearchRows rows, DetectorSearch search, int[] among)
    {
        return Divided(rows, search, among, search.Split.FoldCount).Select(fold => AtFirstRung(fold.Training.Length)).Append(among.Length).Min();

        int AtFirstRung(int training) => FoldFitting.PartOf(training, search.Pruning?.On(training)?.Fractions[0] ?? 1);
    }

    // Rows that cannot be divided are refused where they are searched, with the reason.
    private static IReadOnlyList<ValidationFold> Divided(SearchRows rows, DetectorSearch search, int[] among, int folds)
    {
        try
        {
            return search.Split.Divide(rows, among, folds);
        }
        catch (ArgumentException)
        {
            return [];
        }
    }
}
