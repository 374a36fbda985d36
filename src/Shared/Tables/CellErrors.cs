namespace AnomalyKit.Tables;

/// <summary>What is wrong with a cell, in the words that all columnar readers use.</summary>
internal static class CellErrors
{
    public static TableDataException NotText(long row, string column) => new(
        $"Row {row}, column '{column}': the bytes are not UTF-8 text. Leave the column out (IgnoredColumns), or write it as text.", row, column);

    public static TableDataException NoTime(long row, string column, string value) => new(
        $"Row {row}, column '{column}': {value} is outside the years 1 to 9999. Correct the cell, or leave the column out (IgnoredColumns).", row, column);

    public static TableDataException Unread(string column, string reason) => new(
        $"Column '{column}' {reason}, which is not read. Only flat columns of numbers, text, booleans, dates and times are. Leave it out of the layout, or flatten it where the file is made.",
        columnName: column);
}
