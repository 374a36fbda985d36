using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Columns of equal cells.</summary>
internal static class CopyFindings
{
    private const int MaxNames = 5;

    /// <summary>Sets of columns whose cells are equal. Called once.</summary>
    public static ColumnTally[][] Copies(IEnumerable<ColumnTally> columns) => [.. columns
        .Where(column => column.Field.Role == ColumnRole.Feature && column.DistinctCount > 1)
        .GroupBy(column => column.Content())
        .Where(copies => copies.Count() > 1)
        .Select(copies => copies.ToArray())];

    public static InspectionFinding Finding(ColumnTally[] copies)
    {
        string[] names = [.. copies.Select(column => column.Field.Name)];
        string listed = string.Join(", ", names.Take(MaxNames).Select(Column)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : string.Empty);
        string ignored = string.Join(' ', names.Skip(1).Take(MaxNames - 1).Select(name => Option("--ignore", name)));
        return new(
            InspectionFindingKind.CopiedColumns,
            names,
            $"Columns {listed} have {(copies[0] is WordTally or DateTally ? "equal" : "numerically equal")} values in all {RowText(copies[0].RowCount)}.",
            $"Detectors that measure distances count them {names.Length} times; leave out all but one with {ignored}.",
            false);
    }
}
