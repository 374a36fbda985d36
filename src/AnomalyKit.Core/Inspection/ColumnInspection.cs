namespace AnomalyKit;

/// <summary>What one column of a table is like.</summary>
/// <param name="Name">The name, as the source spells it.</param>
/// <param name="Kind">What the cells are.</param>
/// <param name="Role">What the column is for.</param>
/// <param name="Origin">How the kind was found, for people: see <see cref="TableField.Origin"/>.</param>
/// <param name="RowCount">The number of cells.</param>
/// <param name="MissingCount">The number of missing cells.</param>
/// <param name="DistinctCount">
/// The number of different values, missing cells apart. Where <see cref="HasExactDistinctCount"/> is false it is an estimate with a standard error of about 2 %, and above
/// <see cref="InspectionOptions.MaxDistinctValues"/> for certain; never more than there are cells.
/// </param>
/// <param name="HasExactDistinctCount">Whether <paramref name="DistinctCount"/> is exact.</param>
public sealed record ColumnInspection(string Name, ColumnKind Kind, ColumnRole Role, string Origin, long RowCount, long MissingCount, long DistinctCount, bool HasExactDistinctCount)
{
    /// <summary>Ranges and moments of a column of numbers; null for other kinds, and where no cell is there.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>The range of a column of dates; null for other kinds, and where no cell is there.</summary>
    public DateSummary? Dates { get; init; }

    /// <summary>The most frequent values that occur more than once, the most frequent first; of equally frequent ones the least, or the first in ordinal order of the words.</summary>
    public IReadOnlyList<FrequentValue> FrequentValues { get; init; } = [];

    /// <summary>The number of cells that are there.</summary>
    public long PresentCount => RowCount - MissingCount;
}
