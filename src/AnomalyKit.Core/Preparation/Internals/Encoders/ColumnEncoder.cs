using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>Takes the cells of one column of a table to one or more columns of a matrix.</summary>
internal abstract class ColumnEncoder(string source, ColumnKind sourceKind)
{
    /// <summary>The column of the table.</summary>
    public string Source { get; } = source;

    /// <summary>What its cells are.</summary>
    public ColumnKind SourceKind { get; } = sourceKind;

    /// <summary>What it is called in model files.</summary>
    public abstract string KindName { get; }

    /// <summary>What each column of the matrix holds: see <see cref="PreparedColumn.Part"/>.</summary>
    public abstract IReadOnlyList<string> Parts { get; }

    /// <summary>What is subtracted before a value becomes a cell; for encoders of one column only.</summary>
    public virtual double Offset => 0;

    /// <summary>The number of levels that cells are codes of; 0 for numbers.</summary>
    public virtual int LevelCount => 0;

    /// <summary>Whether cells may be missing in the matrix.</summary>
    public virtual bool LeavesMissing => false;

    /// <summary>Whether a missing cell is an error.</summary>
    public virtual bool RefusesMissing => false;

    /// <summary>Fills in the cells of a block.</summary>
    public abstract void Encode(TableColumn column, RowCells target);

    /// <summary>Whether <see cref="EncodeValues"/> can be called: the column of the table holds numbers.</summary>
    public virtual bool TakesValues => false;

    /// <summary>Fills in the cells of a block from numbers, NaN where missing; the same cells as from a column of them.</summary>
    /// <param name="values">The values, row-major, from the first row's value of this column on.</param>
    /// <param name="stride">From one row's value to the next one's.</param>
    /// <param name="target">The cells.</param>
    public virtual void EncodeValues(ReadOnlySpan<double> values, int stride, RowCells target) => throw new NotSupportedException();

    /// <summary>Writes what was fitted.</summary>
    public abstract void WriteTo(ModelWriter writer);

    protected TableDataException MissingCell(long row) => new(
        $"Row {row}, column '{Source}' is missing. Rows are counted from 0. Say what becomes of missing cells (TablePreparation.Missing: median, most frequent, a constant, native …) and fit again, or leave the row out.", row, Source);
}
