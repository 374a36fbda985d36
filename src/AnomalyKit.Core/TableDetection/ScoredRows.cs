namespace AnomalyKit;

/// <summary>Rows of a source with their scores and their numbers.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Scores">One per row.</param>
/// <param name="Numbers">Their numbers in the source, one per row.</param>
internal sealed record ScoredRows(FeatureTable Table, float[] Scores, long[] Numbers)
{
    public ScoredRows(FeatureTable table, float[] scores, long firstRow)
        : this(table, scores, Consecutive(firstRow, scores.Length))
    {
    }

    public ScoredRows Above(double threshold) => Select([.. Enumerable.Range(0, Scores.Length).Where(row => Scores[row] > threshold)]);

    /// <summary>Some of the rows. They keep no words that only other rows have: a few rows of each batch must not hold all words of a file.</summary>
    public ScoredRows Select(int[] rows) => new(Table.SelectRows(rows).Trimmed(Table.Schema), Array.ConvertAll(rows, row => Scores[row]), Array.ConvertAll(rows, row => Numbers[row]));

    public static ScoredRows Concat(IReadOnlyList<ScoredRows> parts) =>
        new(FeatureTable.Concat([.. parts.Select(part => part.Table)]), [.. parts.SelectMany(part => part.Scores)], [.. parts.SelectMany(part => part.Numbers)]);

    private static long[] Consecutive(long first, int count)
    {
        var numbers = new long[count];
        for (int i = 0; i < count; i++)
            numbers[i] = first + i;
        return numbers;
    }
}
