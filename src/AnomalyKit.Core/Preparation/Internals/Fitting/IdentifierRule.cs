using System.Globalization;

namespace AnomalyKit.Preparation;

/// <summary>Tells identifiers and free text, which no detector can learn from: see <see cref="TablePreparation"/>.</summary>
internal static class IdentifierRule
{
    private const int FewLevels = 50;

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

        if (used.Count <= FewLevels || used.Count * 2L <= present)
            return;
        double length = used.Average(word => (double)word.Length);
        string what = length > 30 ? "free text" : "an identifier";
        throw new TableDataException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{column.Name}' looks like {what}: {used.Count} different words in {present} cells ('{Shortened(used.First())}', …). No detector learns from words that do not come again. "
                + $"Let it ride along (TableLayout.IdColumns), leave it out (IgnoredColumns), or, if it is meant, give it an entry in TablePreparation.Columns, for example with CategoryEncoding.Frequency."),
            columnName: column.Name);
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
        if ((Int128)values[^1] - values[0] >= 2 * (Int128)present)
            return;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] == values[i - 1])
                return;
        }

        throw new TableDataException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{column.Name}' looks like a row number or another identifier: {present} whole numbers from {values[0]} to {values[^1]}, no two the same. Let it ride along (TableLayout.IdColumns), "
                + $"leave it out (IgnoredColumns), or, if it is meant, give it an entry in TablePreparation.Columns."),
            columnName: column.Name);
    }

    private static string Shortened(string word) => word.Length <= 40 ? word : string.Concat(word.AsSpan(0, 40), "…");
}
