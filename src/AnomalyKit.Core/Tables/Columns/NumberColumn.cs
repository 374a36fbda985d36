namespace AnomalyKit;

/// <summary>A column of numbers, of one of three types: <see cref="SingleColumn"/>, <see cref="DoubleColumn"/> or <see cref="Int64Column"/>.</summary>
public abstract class NumberColumn : TableColumn
{
    private protected NumberColumn(string name, int rowCount)
        : base(name, rowCount)
    {
    }

    /// <inheritdoc/>
    public sealed override ColumnKind Kind => ColumnKind.Number;

    /// <summary>A cell as a double.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>The number, rounded where a double has too few digits for it; NaN where the cell is missing.</returns>
    public abstract double Value(int row);

    /// <summary>Copies a run of cells as doubles.</summary>
    /// <param name="start">The zero-based first row.</param>
    /// <param name="values">Receives the numbers; NaN where a cell is missing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the column.</exception>
    public abstract void CopyTo(int start, Span<double> values);
}
