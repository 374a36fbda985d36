using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>The smallest fit of a search: an inner fold of an outer one. What depends on the number of rows is settled by it, so that the search and those of its outer folds are the same.</summary>
internal static class SmallestFit
{
    /// <summary>The rows of the smallest fit at the last rung.</summary>
    public static int RowsOf(SearchRows rows, DetectorSearch search)
    {
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        int fewest = Fewest(rows, search, all);
        return search.OuterFolds > 0 ? Divided(rows, search, all, search.OuterFolds).Select(fold => Fewest(rows, search, fold.Training)).Append(fewest).Min() : fewest;
    }

    private static int Fewest(SearchRows rows, DetectorSearch search, int[] among) =>
        Divided(rows, search, among, search.Split.FoldCount).Select(fold => fold.Training.Length).Append(among.Length).Min();

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
