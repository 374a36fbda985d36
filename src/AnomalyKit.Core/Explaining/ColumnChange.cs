namespace AnomalyKit;

/// <summary>A value of a row, and another in its place.</summary>
public sealed class ColumnChange
{
    internal ColumnChange(string columnName, string from, string to)
    {
        ColumnName = columnName;
        From = from;
        To = to;
    }

    /// <summary>The column.</summary>
    public string ColumnName { get; }

    /// <summary>The row's value as it stands in the row; <c>missing</c> for a missing cell.</summary>
    public string From { get; }

    /// <summary>The other value, as text.</summary>
    public string To { get; }

    /// <summary>The change.</summary>
    /// <returns>For example <c>amount 812 instead of 4750</c>.</returns>
    public override string ToString() => $"{ColumnName} {To} instead of {From}";
}
