using System.Globalization;

namespace AnomalyKit;

/// <summary>A column of whole numbers, every digit of which is kept: account numbers as well as counts.</summary>
public sealed class Int64Column : NumberColumn
{
    /// <summary>Looks at existing memory as a column, without copying it.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="cells">One number per row; any number where the cell is missing.</param>
    /// <param name="missing">One mark per row, <see langword="true"/> where the cell is missing; empty if no cell is missing.</param>
    /// <exception cref="ArgumentException">The number of marks differs from the number of rows.</exception>
    public Int64Column(string name, ReadOnlyMemory<long> cells, ReadOnlyMemory<bool> missing = default)
        : base(name, cells.Length)
    {
        if (!missing.IsEmpty && missing.Length != cells.Length)
            throw new ArgumentException($"{missing.Length} marks for {cells.Length} cells; give one a cell, or none at all.", nameof(missing));
        Cells = cells;
        Missing = missing;
    }

    /// <summary>The numbers; of no meaning where a cell is missing.</summary>
    public ReadOnlyMemory<long> Cells { get; }

    /// <summary>One mark per row, <see langword="true"/> where the cell is missing; empty if no cell is missing.</summary>
    public ReadOnlyMemory<bool> Missing { get; }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => !Missing.IsEmpty && Missing.Span[row];

    /// <inheritdoc/>
    public override double Value(int row) => IsMissing(row) ? double.NaN : Cells.Span[row];

    /// <inheritdoc/>
    public override void CopyTo(int start, Span<double> values)
    {
        var cells = Cells.Span.Slice(start, values.Length);
        for (int i = 0; i < cells.Length; i++)
            values[i] = cells[i];
        if (Missing.IsEmpty)
            return;
        var missing = Missing.Span.Slice(start, values.Length);
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i])
                values[i] = double.NaN;
        }
    }

    /// <inheritdoc/>
    public override string? Text(int row) => IsMissing(row) ? null : Cells.Span[row].ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TableColumn Slice(int start, int count) =>
        new Int64Column(Name, Cells.Slice(start, count), Missing.IsEmpty ? Missing : Missing.Slice(start, count));

    /// <inheritdoc/>
    public override TableColumn WithName(string name) => new Int64Column(name, Cells, Missing);

    internal override TableColumn Select(ReadOnlySpan<int> rows) =>
        new Int64Column(Name, Pick(Cells.Span, rows), Missing.IsEmpty ? Missing : Pick(Missing.Span, rows));

    internal override TableColumn Append(IReadOnlyList<TableColumn> others)
    {
        bool anyMissing = !Missing.IsEmpty || others.Any(other => !((Int64Column)other).Missing.IsEmpty);
        return new Int64Column(
            Name,
            Join<Int64Column, long>(others, column => column.Cells),
            anyMissing ? Join<Int64Column, bool>(others, column => column.Missing.IsEmpty ? new bool[column.RowCount] : column.Missing) : default);
    }
}
