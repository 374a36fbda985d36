namespace AnomalyKit;

/// <summary>What moved in the rows of one group, for example of one machine.</summary>
public sealed class GroupDrift
{
    internal GroupDrift()
    {
    }

    /// <summary>The value of the column that makes the groups, as text; null for rows in which it is missing.</summary>
    public required string? Name { get; init; }

    /// <summary>The rows of the group in the reference.</summary>
    public required long ReferenceRowCount { get; init; }

    /// <summary>The rows of the group now.</summary>
    public required long CurrentRowCount { get; init; }

    /// <summary>The rows of now against those of the reference; null where one side has none.</summary>
    public required DriftComparison? Comparison { get; init; }

    /// <summary>Whether a column, the scores or the fraction of alerts of the group drifted. False where one side has no rows.</summary>
    public bool IsDrifted => Comparison?.IsDrifted == true;

    /// <summary>Whether nothing of the group could be compared because it has too few rows on a side (<see cref="DriftOptions.MinCount"/>). False where one side has none.</summary>
    public bool HasTooFewRows => Comparison is not null && Parts(Comparison).Any(part => part.Status == DriftStatus.NotEnoughData)
        && Parts(Comparison).All(part => part.Status is DriftStatus.NotEnoughData or DriftStatus.NotCompared);

    /// <summary>The columns that drifted, the larger effect first; the scores are not among them.</summary>
    public IReadOnlyList<ColumnDrift> DriftedColumns => Comparison is null ? [] : [.. Comparison.Columns.Where(column => column.IsDrifted)];

    /// <summary>How large the largest drift is, from 0 to 1: the greatest effect of the columns that drifted, and of the scores if these did; 0 where none did.</summary>
    public double Effect => Drifted.Select(column => column.DriftEffect).DefaultIfEmpty().Max();

    /// <summary>The columns that drifted, and the scores if these did.</summary>
    internal IEnumerable<ColumnDrift> Drifted => Comparison?.Scores is { IsDrifted: true } scores ? DriftedColumns.Append(scores) : DriftedColumns;

    internal string Label => Name ?? "(missing)";

    /// <summary>What drifted, or why nothing was compared.</summary>
    internal string Finding
    {
        get
        {
            if (Comparison is null)
                return ReferenceRowCount == 0 ? "no rows in the reference" : "no rows now";
            var moved = DriftedColumns.Select(column => column.Name).ToList();
            if (Comparison.Scores?.IsDrifted == true)
                moved.Add("scores");
            if (Comparison.Alerts?.IsDrifted == true)
                moved.Add("alerts");
            return moved.Count == 0 ? HasTooFewRows ? "too few rows" : "stable" : string.Join(", ", moved);
        }
    }

    private static IEnumerable<ColumnDrift> Parts(DriftComparison comparison) => comparison.Scores is { } scores ? comparison.Columns.Append(scores) : comparison.Columns;

    /// <summary>The group and what drifted.</summary>
    /// <returns>For example <c>WT4: gearbox_temp_c, scores</c>; <c>WT5: stable</c>, <c>WT7: no rows in the reference</c>.</returns>
    public override string ToString() => $"{Label}: {Finding}";
}
