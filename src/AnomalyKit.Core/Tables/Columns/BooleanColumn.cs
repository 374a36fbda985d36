namespace AnomalyKit;

/// <summary>A column of yes and no.</summary>
public sealed class BooleanColumn : TableColumn
{
    /// <summary>The cell of a missing value.</summary>
    public const sbyte MissingCell = -1;

    /// <summary>Looks at existing memory as a column, without copying it.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="cells">One cell per row: 0 for no, 1 for yes, −1 where it is missing.</param>
    /// <exception cref="ArgumentException">A cell is something else.</exception>
    public BooleanColumn(string name, ReadOnlyMemory<sbyte> cells)
        : base(name, cells.Length)
    {
        int odd = cells.Span.IndexOfAnyExceptInRange((sbyte)-1, (sbyte)1);
        if (odd >= 0)
            throw new ArgumentException($"Cell {odd} of the column '{name}' is {cells.Span[odd]}; 0, 1 or -1 (missing) was expected.", nameof(cells));
        Cells = cells;
    }

    /// <summary>0 for no, 1 for yes, −1 where a cell is missing.</summary>
    public ReadOnlyMemory<sbyte> Cells { get; }

    /// <inheritdoc/>
    public override ColumnKind Kind => ColumnKind.Boolean;

    /// <summary>A cell.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Yes or no; <see langword="null"/> where it is missing.</returns>
    public bool? Value(int row) => Cells.Span[row] switch
    {
        MissingCell => null,
        0 => false,
        _ => true,
    };

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Cells.Span[row] == MissingCell;

    /// <inheritdoc/>
    public override string? Text(int row) => Cells.Span[row] switch
    {
        MissingCell => null,
        0 => "false",
        _ => "true",
    };

    /// <inheritdoc/>
    public override TableColumn Slice(int start, int count) => new BooleanColumn(Name, Cells.Slice(start, count));

    /// <inheritdoc/>
    public override TableColumn WithName(string name) => new BooleanColumn(name, Cells);

    internal override TableColumn Select(ReadOnlySpan<int> rows) => new BooleanColumn(Name, Pick(Cells.Span, rows));

    internal override TableColumn Append(IReadOnlyList<TableColumn> others) =>
        new BooleanColumn(Name, Join<BooleanColumn, sbyte>(others, column => column.Cells));
}
