using System.Globalization;
using System.Numerics.Tensors;

namespace AnomalyKit;

/// <summary>A column of single-precision numbers; NaN is a missing cell.</summary>
public sealed class SingleColumn : NumberColumn
{
    /// <summary>Looks at existing memory as a column, without copying it.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="cells">One number per row; NaN where the cell is missing.</param>
    public SingleColumn(string name, ReadOnlyMemory<float> cells)
        : base(name, cells.Length) => Cells = cells;

    /// <summary>The numbers; NaN where a cell is missing.</summary>
    public ReadOnlyMemory<float> Cells { get; }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => float.IsNaN(Cells.Span[row]);

    /// <inheritdoc/>
    public override double Value(int row) => Cells.Span[row];

    /// <inheritdoc/>
    public override void CopyTo(int start, Span<double> values) => TensorPrimitives.ConvertChecked(Cells.Span.Slice(start, values.Length), values);

    /// <inheritdoc/>
    public override string? Text(int row) => IsMissing(row) ? null : Cells.Span[row].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TableColumn Slice(int start, int count) => new SingleColumn(Name, Cells.Slice(start, count));

    /// <inheritdoc/>
    public override TableColumn WithName(string name) => new SingleColumn(name, Cells);

    internal override TableColumn Select(ReadOnlySpan<int> rows) => new SingleColumn(Name, Pick(Cells.Span, rows));

    internal override TableColumn Append(IReadOnlyList<TableColumn> others) =>
        new SingleColumn(Name, Join<SingleColumn, float>(others, column => column.Cells));
}
