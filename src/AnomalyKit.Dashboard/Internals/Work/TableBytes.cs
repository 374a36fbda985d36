namespace AnomalyKit.Dashboard.Work;

/// <summary>About how much memory a table takes.</summary>
internal static class TableBytes
{
    // What an object and a reference to it take beside the letters.
    private const int PerWord = 32;

    /// <summary>The cells alone: what a batch adds to a table.</summary>
    public static long OfCells(FeatureTable table) => table.RowCount * table.Columns.Sum(column => column switch
    {
        BooleanColumn => 1L,
        SingleColumn or CategoryColumn => 4,
        _ => 8,
    });

    /// <summary>Cells and words.</summary>
    public static long Of(FeatureTable table) => OfCells(table) + table.Columns.OfType<CategoryColumn>().Sum(column => OfWords(column.Levels));

    /// <summary>The words of the columns of a batch that were not seen before: batches may share a list.</summary>
    public static long OfNewWords(FeatureTable batch, HashSet<object> seen) => batch.Columns.OfType<CategoryColumn>().Where(column => seen.Add(column.Levels)).Sum(column => OfWords(column.Levels));

    private static long OfWords(IReadOnlyList<string> levels) => levels.Sum(level => PerWord + (2L * level.Length));
}
