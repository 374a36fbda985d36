namespace AnomalyKit;

/// <summary>A value that many cells of a column have.</summary>
/// <param name="Text">The value as <see cref="TableColumn.Text"/> gives it; of long words the first 100 characters and an ellipsis.</param>
/// <param name="Count">How many cells have it.</param>
/// <param name="IsExact">Whether the count is exact; otherwise at least so many have it.</param>
public sealed record FrequentValue(string Text, long Count, bool IsExact);
