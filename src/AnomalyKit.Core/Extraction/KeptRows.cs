namespace AnomalyKit.Extraction;

/// <summary>Rows of a table that are kept, with their numbers.</summary>
/// <param name="Numbers">The number of each row, ascending.</param>
/// <param name="IsDrawn">Of each row, whether it was drawn, and does not only stand for others.</param>
/// <param name="Table">The rows.</param>
internal sealed record KeptRows(long[] Numbers, bool[] IsDrawn, FeatureTable Table)
{
    public static KeptRows None(TableSchema schema) => new([], [], TableColumns.Empty(schema));

    /// <summary>Puts rows behind each other, and leaves out those that nobody needs any more.</summary>
    /// <param name="parts">In the order of their numbers.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="witnesses">The rows that are needed besides those that were drawn.</param>
    public static KeptRows Concat(IReadOnlyList<KeptRows> parts, TableSchema schema, HashSet<long> witnesses)
    {
        KeptRows[] needed = [.. parts.Select(part => part.Needed(witnesses)).Where(part => part.Numbers.Length > 0)];
        return needed.Length == 0
            ? None(schema)
            : new([.. needed.SelectMany(part => part.Numbers)], [.. needed.SelectMany(part => part.IsDrawn)], FeatureTable.Concat([.. needed.Select(part => part.Table)]));
    }

    private KeptRows Needed(HashSet<long> witnesses)
    {
        int[] rows = [.. Enumerable.Range(0, Numbers.Length).Where(row => IsDrawn[row] || witnesses.Contains(Numbers[row]))];
        return rows.Length == Numbers.Length ? this : new(Array.ConvertAll(rows, row => Numbers[row]), Array.ConvertAll(rows, row => IsDrawn[row]), Table.SelectRows(rows));
    }
}
