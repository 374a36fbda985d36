namespace AnomalyKit.Explaining;

/// <summary>One or two values in the place of a row's own.</summary>
/// <param name="Column">The first column.</param>
/// <param name="Value">Its new value.</param>
/// <param name="OtherColumn">The second column, or −1 where one changes.</param>
/// <param name="OtherValue">Its new value.</param>
internal readonly record struct Variant(int Column, CellValue Value, int OtherColumn = -1, CellValue OtherValue = default)
{
    /// <summary>The new value of a column; null where it keeps its own.</summary>
    public CellValue? In(int column) => column == Column ? Value : column == OtherColumn ? OtherValue : null;
}
