namespace AnomalyKit;

/// <summary>What a built-in space knows of the data.</summary>
/// <param name="Rows">The rows of the smallest fit.</param>
/// <param name="Columns">The columns; null where they are not known.</param>
internal readonly record struct DataSize(int Rows, int? Columns)
{
    /// <summary>The rows where nothing is said.</summary>
    public const int SupposedRows = 250;
}
