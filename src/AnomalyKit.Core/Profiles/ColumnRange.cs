namespace AnomalyKit.Profiles;

/// <summary>The ends of a column, and how many of its cells are missing.</summary>
/// <param name="Minimum">+∞ where no cell has a value.</param>
/// <param name="Maximum">−∞ where no cell has a value.</param>
/// <param name="MissingFraction">From 0 to 1.</param>
internal readonly record struct ColumnRange(double Minimum, double Maximum, double MissingFraction)
{
    public bool IsEmpty => Minimum > Maximum;
}
