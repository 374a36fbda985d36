using System.Globalization;

namespace AnomalyKit;

/// <summary>Finds the cells of a column that hold a text.</summary>
internal static class CellMatch
{
    /// <returns>Whether the cell of a row holds the text; a missing one holds none.</returns>
    public static Func<int, bool> Of(TableColumn column, string text)
    {
        // Whole numbers of many digits are different texts, but equal as floating-point numbers.
        if (column is Int64Column && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            text = whole.ToString(CultureInfo.InvariantCulture);
        else if (column is NumberColumn numbers && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return row => numbers.Value(row) == (column is SingleColumn ? (float)number : number);
        return row => column.Text(row) == text;
    }
}
