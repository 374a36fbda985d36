namespace AnomalyKit.Csv;

/// <summary>Texts that stand for a missing value in the files of other programs.</summary>
internal static class MissingValue
{
    private static readonly HashSet<string> Marks = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "#N/A", "#N/A N/A", "<NA>", "n.a.", "NaN", "-NaN", "1.#QNAN", "-1.#IND", "1.#IND", "?", "??", "-", "--", "---", ".", "..", "*", "_", "\\N",
        "null", "(null)", "#NULL!", "nil", "none", "missing", "unknown", "void", "undefined", "NULL", "\u2013", "\u2014",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Marks.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a text is empty or such a mark.</summary>
    public static bool IsMarkedBy(ReadOnlySpan<char> text)
    {
        var bare = Unquote.Bare(text).Trim();
        return bare.IsEmpty || Lookup.Contains(bare);
    }
}
