namespace AnomalyKit;

/// <summary>Which columns of numbers move together, and what was compared to find out.</summary>
/// <remarks>
/// Ranks are compared, so that a few far values change nothing and a curve counts like a line, as long as it only rises or only falls. Compared are feature columns of numbers, without identifiers,
/// constants and copies of other columns. Of tables with more than 4,096 rows as many are compared, drawn evenly and the same each time.
/// </remarks>
/// <param name="Pairs">The pairs whose rank correlation is at least <see cref="MinCorrelation"/> or at most −<see cref="MinCorrelation"/>, the strongest first; at most <see cref="MaxPairs"/>.</param>
/// <param name="PairCount">How many such pairs there are.</param>
/// <param name="ComparedColumnCount">The number of columns that were compared with each other.</param>
/// <param name="ComparableColumnCount">The number of columns that could have been: more than were compared if <see cref="InspectionOptions.MaxCorrelatedColumns"/> is less.</param>
/// <param name="RowCount">The number of rows of the sample.</param>
public sealed record TableCorrelations(IReadOnlyList<ColumnCorrelation> Pairs, int PairCount, int ComparedColumnCount, int ComparableColumnCount, int RowCount)
{
    /// <summary>The least rank correlation that counts as moving together.</summary>
    public const double MinCorrelation = 0.7;

    /// <summary>The most pairs that are listed.</summary>
    public const int MaxPairs = 100;

    /// <summary>Whether every column that could be compared was compared.</summary>
    public bool IsComplete => ComparedColumnCount == ComparableColumnCount;
}
