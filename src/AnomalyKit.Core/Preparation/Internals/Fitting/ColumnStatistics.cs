using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a fit must know of all cells of a column, gathered in one pass and put together from parts: exactly, whatever the parts.</summary>
/// <remarks>
/// Besides counts it holds the numbers of a few rows, the witnesses. A column that varies in the whole table, in any encoding, varies among them: they stand for all rows where only some are kept.
/// </remarks>
internal abstract class ColumnStatistics(string name)
{
    /// <summary>The column.</summary>
    public string Name { get; } = name;

    /// <summary>The cells that are there.</summary>
    public long Present { get; protected set; }

    /// <summary>The missing cells.</summary>
    public long Missing { get; protected set; }

    /// <summary>The cells.</summary>
    public long Count => Present + Missing;

    public double MissingFraction => (double)Missing / Count;

    /// <summary>The first row whose cell is there.</summary>
    protected RowNumber FirstPresent { get; set; }

    /// <summary>The first row whose cell is missing.</summary>
    protected RowNumber FirstMissing { get; set; }

    public static ColumnStatistics Of(TableField field) => field.Kind switch
    {
        ColumnKind.Number => new NumberStatistics(field.Name),
        ColumnKind.Boolean => new BooleanStatistics(field.Name),
        ColumnKind.Category => new CategoryStatistics(field.Name),
        _ => new DateStatistics(field.Name),
    };

    /// <summary>Counts a batch.</summary>
    /// <param name="column">The cells.</param>
    /// <param name="firstRow">The number of the first one's row in the whole table; batches come in ascending order.</param>
    public abstract void Add(TableColumn column, long firstRow);

    /// <summary>Adds what was found in later rows.</summary>
    public void Append(ColumnStatistics later)
    {
        AppendCells(later);
        Present += later.Present;
        Missing += later.Missing;
        FirstPresent = FirstPresent.Or(later.FirstPresent);
        FirstMissing = FirstMissing.Or(later.FirstMissing);
    }

    /// <summary>The rows that stand for all.</summary>
    public virtual IEnumerable<RowNumber> Witnesses() => [FirstPresent, FirstMissing];

    /// <summary>Refuses identifiers and free text.</summary>
    public virtual void ThrowIfIdentifier()
    {
    }

    public virtual void WriteTo(ModelWriter writer)
    {
        writer.Set("present", Present);
        writer.Set("missing", Missing);
        FirstPresent.WriteTo(writer, "first_present");
        FirstMissing.WriteTo(writer, "first_missing");
    }

    public virtual void Read(ModelReader reader)
    {
        Present = StatisticsFormat.Count(reader, "present");
        Missing = StatisticsFormat.Count(reader, "missing");
        FirstPresent = RowNumber.Read(reader, "first_present");
        FirstMissing = RowNumber.Read(reader, "first_missing");
    }

    /// <summary>Adds what only this kind of column has; the counts are those of before.</summary>
    protected abstract void AppendCells(ColumnStatistics later);
}
