namespace AnomalyKit;

/// <summary>Two columns of numbers that move together.</summary>
/// <param name="FirstColumn">The column that comes first in the table.</param>
/// <param name="SecondColumn">The other column.</param>
/// <param name="RankCorrelation">Spearman's rank correlation, from −1 to 1: 1 where one column rises whenever the other does, −1 where it falls.</param>
/// <param name="RowCount">The number of rows that it was found on: those of the sample in which both columns have a value.</param>
public sealed record ColumnCorrelation(string FirstColumn, string SecondColumn, double RankCorrelation, int RowCount)
{
    /// <summary>
    /// Whether the relation is clearly curved: the medians of bins along the relation lie farther from a straight line than rows usually lie from the median of their bin. An elliptic envelope is then as wide as the curve, and a detector on distances finds more of the
    /// rows that break the relation.
    /// </summary>
    /// <value>False also where it cannot be told: with fewer than 200 rows, or fewer than 32 different numbers in one of the columns, and for all but the 100 strongest pairs.</value>
    public bool IsCurved { get; init; }

    /// <summary>The columns and their correlation.</summary>
    /// <returns>For example <c>speed and current: 0.97</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{FirstColumn} and {SecondColumn}: {RankCorrelation:0.00}");
}
