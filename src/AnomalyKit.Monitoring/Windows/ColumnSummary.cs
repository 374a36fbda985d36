namespace AnomalyKit.Monitoring.Windows;

/// <summary>One side of a comparison: what is known of a column.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Sketch">The values of numbers and dates.</param>
/// <param name="Levels">The rows of each level of categories and booleans.</param>
/// <param name="OtherCount">The rows of levels that are not listed.</param>
/// <param name="MissingCount">The rows without a value.</param>
/// <param name="RowCount">All rows that <paramref name="MissingCount"/> is of.</param>
/// <param name="IsCounted">Whether the cells were counted: those of an ignored column of a window are not.</param>
/// <param name="AreScores">Whether these are scores of rows, not cells.</param>
/// <param name="HasFoundLevels">Whether the levels are listed because these very rows have them; those of a window are those that its profile lists.</param>
internal sealed record ColumnSummary(
    string Name, ColumnKind Kind, QuantileSketch? Sketch, IReadOnlyDictionary<string, long> Levels, long OtherCount, double MissingCount, double RowCount, bool IsCounted = true, bool AreScores = false, bool HasFoundLevels = false)
{
    // Counts of missing cells are fractions of all rows, rounded.
    private const double Nearly = 0.999;

    private static readonly Dictionary<string, long> NoLevels = [];

    /// <summary>The rows that have a value and were counted.</summary>
    public long PresentCount => Sketch?.Count ?? Levels.Values.Sum() + OtherCount;

    public double MissingFraction => RowCount == 0 ? 0 : MissingCount / RowCount;

    /// <summary>Whether the values are those of a part of the rows, so that what is said of them is an estimate.</summary>
    public bool IsSampled => PresentCount + MissingCount < Nearly * RowCount;

    public static ColumnSummary Of(ColumnProfile column, long rows) => new(
        column.Name,
        column.Kind,
        column.Sketch,
        column.Levels.Zip(column.LevelCounts).ToDictionary(level => level.First, level => level.Second, StringComparer.Ordinal),
        column.OtherCount,
        column.MissingFraction * rows,
        rows,
        HasFoundLevels: true);

    public static ColumnSummary OfScores(QuantileSketch scores) => new("score", ColumnKind.Number, scores, NoLevels, 0, 0, scores.Count, AreScores: true);
}
