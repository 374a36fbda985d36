using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>What is to be known of a column of words.</summary>
internal static class WordFindings
{
    private const double Skew = 0.95;
    private static readonly int ManyLevels = new TablePreparation().MaxOneHotLevels;

    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        string.Empty, "-", "--", "?", ".", "n/a", "na", "nan", "nil", "none", "null", "missing", "unknown", "undefined", "not available", "#n/a", "tbd",
    };

    public static IEnumerable<InspectionFinding> Of(WordTally words, ColumnInspection column)
    {
        bool isIdentifier = IdentifierFindings.IsIdentifier(column);
        if (NumberWordFindings.Of(words, column, isIdentifier) is { } numbers)
        {
            yield return numbers;
            yield break;
        }

        if (isIdentifier)
        {
            yield return IdentifierFindings.Of(words, column);
            yield break;
        }

        foreach (string word in words.Words.Where(MissingWords.Contains).Order(StringComparer.Ordinal))
            yield return Missing(column, word, words);
        foreach (var finding in Skewed(column))
            yield return finding;
        if (column.DistinctCount > ManyLevels)
        {
            yield return new(
                InspectionFindingKind.ManyCategories,
                [column.Name],
                $"Column {Column(column.Name)} has {(column.HasExactDistinctCount ? string.Empty : "about ")}{Count(column.DistinctCount)} different words.",
                "The isolation forest alone uses the words themselves; other detectors see how rare a word is.",
                false);
        }
    }

    public static IEnumerable<InspectionFinding> Skewed(ColumnInspection column)
    {
        if (column.FrequentValues is [var value, ..] && value.Count > Skew * column.PresentCount)
        {
            yield return new(
                InspectionFindingKind.SkewedCategory,
                [column.Name],
                $"Column {Column(column.Name)} is {Column(value.Text)} in {AtLeast(value.IsExact)}{Percent((double)value.Count / column.PresentCount)} of the cells.",
                $"Rows with anything else stand out by that alone. If they should not, leave the column out with {Option("--ignore", column.Name)}, or with {Option("--id", column.Name)} to see it beside the scores.",
                false);
        }
    }

    private static InspectionFinding Missing(ColumnInspection column, string word, WordTally words) => new(
        InspectionFindingKind.MissingWord,
        [column.Name],
        $"Column {Column(column.Name)} has the word {Column(word)} in {AtLeast(words.HasExactDistinctCount)}{RowText(words.CountOf(word))}, as if the value were unknown.",
        "It is taken for a category like any other, which is often right; otherwise leave such cells empty in the source, and give --missing most-frequent.",
        false);
}
