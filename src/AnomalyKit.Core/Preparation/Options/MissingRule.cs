namespace AnomalyKit;

/// <summary>The kinds of <see cref="MissingCells"/>.</summary>
internal enum MissingRule
{
    Refuse,
    Median,
    Mean,
    MostFrequent,
    Constant,
    Native,
}
