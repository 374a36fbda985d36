using System.Globalization;

namespace AnomalyKit.Tables;

/// <summary>Cells as another kind, where a layout wants it.</summary>
internal static class CellConversion
{
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <summary>Whether cells of one kind can be another at all.</summary>
    public static bool IsPossible(ColumnKind from, ColumnKind to) =>
        from == to || to == ColumnKind.Category || from == ColumnKind.Category || (from, to) is (ColumnKind.Boolean, ColumnKind.Number) or (ColumnKind.Number, ColumnKind.Boolean);

    public static string Describe(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "numbers",
        ColumnKind.Boolean => "booleans",
        ColumnKind.DateTime => "dates and times",
        _ => "categories",
    };

    /// <summary>The column as the kind wanted; of one type, whatever its cells are.</summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">The kind wanted.</param>
    /// <param name="firstRow">The row of the source that the first cell is in.</param>
    /// <exception cref="TableDataException">A cell does not fit.</exception>
    public static TableColumn To(TableColumn column, ColumnKind kind, long firstRow) => (kind, column) switch
    {
        _ when column.Kind == kind => column,
        (ColumnKind.Category, _) => CategoryColumn.FromWords(column.Name, Enumerable.Range(0, column.RowCount).Select(column.Text)),
        (ColumnKind.Number, BooleanColumn booleans) => Numbers(booleans),
        (ColumnKind.Number, CategoryColumn words) => Numbers(words, firstRow),
        (ColumnKind.Boolean, NumberColumn numbers) => Booleans(numbers, firstRow),
        (ColumnKind.Boolean, CategoryColumn words) => Booleans(words, firstRow),
        (ColumnKind.DateTime, CategoryColumn words) => Times(words, firstRow),
        _ => throw new InvalidOperationException($"{column.Kind} as {kind}"),
    };

    /// <summary>Numbers as doubles.</summary>
    public static DoubleColumn AsDouble(NumberColumn column)
    {
        if (column is DoubleColumn already)
            return already;
        var values = new double[column.RowCount];
        column.CopyTo(0, values);
        return new DoubleColumn(column.Name, values);
    }

    private static DoubleColumn Numbers(BooleanColumn column)
    {
        var cells = new double[column.RowCount];
        var marks = column.Cells.Span;
        for (int row = 0; row < cells.Length; row++)
            cells[row] = marks[row] == BooleanColumn.MissingCell ? double.NaN : marks[row];
        return new DoubleColumn(column.Name, cells);
    }

    private static DoubleColumn Numbers(CategoryColumn column, long firstRow)
    {
        var levels = column.Levels.Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : (double?)null).ToArray();
        var cells = new double[column.RowCount];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = column.IsMissing(row) ? double.NaN
                : levels[column.Codes.Span[row]] ?? throw Misfit(column, row, firstRow, "a number such as 1234.5 was expected");
        }

        return new DoubleColumn(column.Name, cells);
    }

    private static BooleanColumn Booleans(NumberColumn column, long firstRow)
    {
        var cells = new sbyte[column.RowCount];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = column.IsMissing(row) ? BooleanColumn.MissingCell : column.Value(row) switch
            {
                0 => (sbyte)0,
                1 => (sbyte)1,
                _ => throw Misfit(column, row, firstRow, "0 or 1 was expected"),
            };
        }

        return new BooleanColumn(column.Name, cells);
    }

    private static BooleanColumn Booleans(CategoryColumn column, long firstRow)
    {
        var cells = new sbyte[column.RowCount];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = column.Text(row) switch
            {
                null => BooleanColumn.MissingCell,
                "0" => 0,
                "1" => 1,
                string word when bool.TryParse(word, out bool yes) => yes ? (sbyte)1 : (sbyte)0,
                _ => throw Misfit(column, row, firstRow, "true, false, 1 or 0 was expected"),
            };
        }

        return new BooleanColumn(column.Name, cells);
    }

    private static DateTimeColumn Times(CategoryColumn column, long firstRow)
    {
        var ticks = new long[column.RowCount];
        bool? isUtc = null;
        for (int row = 0; row < ticks.Length; row++)
        {
            string? word = column.Text(row);
            if (word is null)
            {
                ticks[row] = DateTimeColumn.MissingCell;
                continue;
            }

            if (!DateTime.TryParseExact(word, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
                throw Misfit(column, row, firstRow, "a time such as 2024-05-17T13:30:00Z or a date such as 2024-05-17 was expected");
            if ((isUtc ??= time.Kind == DateTimeKind.Utc) != (time.Kind == DateTimeKind.Utc))
                throw Misfit(column, row, firstRow, "cells above name a time zone and this one does not, or the other way round; give all of them a zone, or none");
            ticks[row] = time.Ticks;
        }

        return new DateTimeColumn(column.Name, ticks, isUtc ?? false);
    }

    private static TableDataException Misfit(TableColumn column, int row, long firstRow, string expected) => new(
        $"Row {firstRow + row}, column '{column.Name}': the value is '{column.Text(row)}'; {expected}. Correct the cell, or change the kind of the column in the layout (Kinds).",
        firstRow + row,
        column.Name);
}
