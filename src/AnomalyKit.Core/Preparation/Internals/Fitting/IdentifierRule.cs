using System.Globalization;
using AnomalyKit.Csv;
using AnomalyKit.Tables;

namespace AnomalyKit.Preparation;

/// <summary>Tells identifiers and free text, which no detector can learn from: see <see cref="TablePreparation"/>.</summary>
internal static class IdentifierRule
{
    private const int FewLevels = 50;

    public static TableDataException IllFormed(string column, string level) =>
        new($"Column '{column}' has a word with half of a surrogate pair ('{level}'), which no file can keep. Read it with the right encoding.", columnName: column);

    public static void ThrowIfIdentifier(TableColumn column, int missing)
    {
        int present = column.RowCount - missing;
        if (column is CategoryColumn categories)
            ThrowIfWords(categories, present);
        else if (column is Int64Column numbers && present >= FewLevels)
            ThrowIfCounter(numbers, present);
    }

    private static void ThrowIfWords(CategoryColumn column, int present)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var seen = new bool[column.Levels.Count];
        foreach (int code in column.Codes.Span)
        {
            if (code >= 0 && !seen[code])
            {
                seen[code] = true;
                used.Add(column.Levels[code]);
            }
        }

        ThrowIfWords(column.Name, used, present);
    }

    /// <param name="column">The column.</param>
    /// <param name="used">Its levels.</param>
    /// <param name="present">How many rows have one.</param>
    public static void ThrowIfWords(string column, IReadOnlyCollection<string> used, long present)
    {
        if (used.Count <= FewLevels || used.Count * 2L <= present)
            return;
        var numbers = new WrittenNumbers();
        foreach (string word in used)
            numbers.See(word, 1);
        // Words of one length, of which no two are equal, are numbers of telephones or customers rather than amounts.
        bool areCodes = used.Count == present && used.All(word => word.Length == used.First().Length);
        if (numbers.IsFound && numbers.Options is not null && !areCodes)
        {
            throw new TableDataException(
                $"Column '{column}' holds numbers in a notation that is not read, such as '{numbers.Example}', so that they are words, and {used.Count} different ones in {present} cells. "
                + $"No detector learns from words that do not come again. For CSV, say how numbers are written: {numbers.Advice()}; elsewhere, let the source hold the numbers. Or leave the column out (IgnoredColumns).",
                columnName: column);
        }

        if (used.All(word => IsoDateTime.TryParse(word, out _, out _)))
        {
            throw new TableDataException(
                $"Column '{column}' holds dates as words, such as '{used.First()}', and {used.Count} different ones in {present} cells. No detector learns from words that do not come again. "
                + "Declare it as dates (TableLayout.Kinds with ColumnKind.DateTime), let it ride along (TableLayout.IdColumns), or leave it out (IgnoredColumns).",
                columnName: column);
        }

        double length = used.Average(word => (double)word.Length);
        string what = length > 30 ? "free text" : "an identifier";
        throw new TableDataException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{column}' looks like {what}: {used.Count} different words in {present} cells ('{Shortened(used.First())}', …). No detector learns from words that do not come again. "
                + $"Let it ride along (TableLayout.IdColumns), leave it out (IgnoredColumns), or, if it is meant, give it an entry in TablePreparation.Columns, for example with CategoryEncoding.Frequency."),
            columnName: column);
    }

    private static void ThrowIfCounter(Int64Column column, int present)
    {
        var values = new long[present];
        int count = 0;
        for (int row = 0; row < column.RowCount; row++)
        {
            if (!column.IsMissing(row))
                values[count++] = column.Cells.Span[row];
        }

        Array.Sort(values);
        if (IsWide(present, values[0], values[^1]))
            return;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] == values[i - 1])
                return;
        }

        ThrowIfCounter(column.Name, present, values[0], values[^1]);
    }

    private static bool IsWide(long present, long minimum, long maximum) => (Int128)maximum - minimum >= 2 * (Int128)present;

    /// <param name="column">The column.</param>
    /// <param name="present">How many whole numbers it has; no two the same.</param>
    /// <param name="minimum">The least of them.</param>
    /// <param name="maximum">The greatest.</param>
    public static void ThrowIfCounter(string column, long present, long minimum, long maximum)
    {
        if (present < FewLevels || IsWide(present, minimum, maximum))
            return;
        throw new TableDataException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{column}' looks like a row number or another identifier: {present} whole numbers from {minimum} to {maximum}, no two the same. Let it ride along (TableLayout.IdColumns), "
                + $"leave it out (IgnoredColumns), or, if it is meant, give it an entry in TablePreparation.Columns."),
            columnName: column);
    }

    private static string Shortened(string word) => word.Length <= 40 ? word : string.Concat(word.AsSpan(0, 40), "…");
}
