using System.Globalization;

namespace AnomalyKit;

/// <summary>A column of double-precision numbers; NaN is a missing cell.</summary>
public sealed class DoubleColumn : NumberColumn
{
    /// <summary>Looks at existing memory as a column, without copying it.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="cells">One number per row; NaN where the cell is missing.</param>
    public DoubleColumn(string name, ReadOnlyMemory<double> cells)
        : base(name, cells.Length) => Cells = cells;

    /// <summary>The numbers; NaN where a cell is missing.</summary>
    public ReadOnlyMemory<double> Cells { get; }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Cells.Span[row]);

    /// <inheritdoc/>
    public override double Value(int row) => Cells.Span[row];

    /// <inheritdoc/>
    public override void CopyTo(int start, Span<double> values) => Cells.Span.Slice(start, values.Length).CopyTo(values);

    /// <inheritdoc/>
    public override string? Text(int row) => IsMissing(row) ? null : Value(row).ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TableColumn Slice(int start, int count) => new DoubleColumn(Name, Cells.Slice(start, count));

    /// <inheritdoc/>
    public override TableColumn WithName(string name) => new DoubleColumn(name, Cells);

    internal override TableColumn Select(ReadOnlySpan<int> rows) => new DoubleColumn(Name, Pick(Cells.Span, rows));

    internal override TableColumn Append(IReadOnlyList<TableColumn> others) =>
        new DoubleColumn(Name, Join<DoubleColumn, double>(others, column => column.Cells));
}
