using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Decides what becomes of rows that cannot be read.</summary>
internal sealed class BadRowGate(CsvOptions options)
{
    /// <summary>The rows skipped so far.</summary>
    public long Skipped { get; private set; }

    public bool Refuses => options.BadRows == CsvBadRows.Refuse;

    /// <summary>Counts and reports a row that is to be skipped.</summary>
    /// <returns>The error to throw, or nothing where the row is skipped.</returns>
    public CsvFormatException? Judge(CsvFormatException error)
    {
        if (Refuses)
            return error;
        if (Skipped == options.MaxSkippedRows)
        {
            return CsvErrors.Extend(error, string.Create(
                CultureInfo.InvariantCulture,
                $"{Skipped} bad {(Skipped == 1 ? "row was" : "rows were")} skipped before it, the most that CsvOptions.MaxSkippedRows allows."));
        }

        Skipped++;
        options.BadRowReport?.Invoke(new CsvBadRow
        {
            Line = error.Line ?? 0,
            Column = error.Column,
            ColumnName = error.ColumnName,
            Text = error.Value,
            Problem = error.Message,
        });
        return null;
    }
}
