using System.Globalization;

namespace AnomalyKit;

/// <summary>Refuses a reader that has no rows left because somebody read them before: its answer would look like that of an empty source.</summary>
internal static class SpentReader
{
    /// <param name="reader">The reader, read to its end.</param>
    /// <param name="before">The <see cref="TableReader.RowCount"/> that it began with.</param>
    /// <exception cref="InvalidOperationException">It gave no row, and had given some before.</exception>
    public static void Refuse(TableReader reader, long before)
    {
        if (before > 0 && reader.RowCount == before)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The reader has no rows left: {before:N0} were read from it before. Open it again, or read its rows into a table with ReadAll and use that several times."));
    }
}
