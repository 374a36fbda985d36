using System.Globalization;
using System.Numerics.Tensors;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>Numbers become cells: value − offset.</summary>
/// <param name="source">The column of the table.</param>
/// <param name="offset">The offset.</param>
/// <param name="fill">What missing cells hold.</param>
internal sealed class NumberEncoder(string source, double offset, CellFill fill) : ColumnEncoder(source, ColumnKind.Number)
{
    public const string Name = "number";
    private const int StepRows = 256;

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts => ["value"];

    public override double Offset => offset;

    /// <summary>What missing cells hold.</summary>
    public CellFill CellOfMissing => fill;

    public override bool LeavesMissing => fill.IsNative;

    public override bool RefusesMissing => fill.IsRefused;

    public static NumberEncoder Read(ModelReader reader, string source) => new(source, reader.GetDouble("offset"), CellFill.Read(reader, 0));

    public override void WriteTo(ModelWriter writer)
    {
        writer.Set("offset", offset);
        fill.WriteTo(writer, 0);
    }

    public override void Encode(TableColumn column, RowCells target)
    {
        var cells = target.Cells;
        if (column is SingleColumn singles && offset == 0)
        {
            var values = singles.Cells.Span.Slice(target.Start, target.Rows);
            for (int i = 0, at = 0; i < values.Length; i++, at += target.Stride)
            {
                float value = values[i];
                cells[at] = float.IsFinite(value) ? value : Odd(value, i, target);
            }

            return;
        }

        Span<double> step = stackalloc double[StepRows];
        for (int done = 0; done < target.Rows; done += StepRows)
        {
            var values = step[..Math.Min(StepRows, target.Rows - done)];
            ((NumberColumn)column).CopyTo(target.Start + done, values);
            for (int i = 0, at = done * target.Stride; i < values.Length; i++, at += target.Stride)
            {
                float value = (float)(values[i] - offset);
                cells[at] = float.IsFinite(value) ? value : Odd(values[i], done + i, target);
            }
        }
    }

    /// <summary>Takes cells of consecutive rows in one piece.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">The first row.</param>
    /// <param name="cells">Receives the cells.</param>
    /// <returns>Whether all are finite, with what stands in for missing ones; if not, cells may be missing or wrong, and <see cref="Encode"/> has to look at them.</returns>
    public bool TryTakeFinite(TableColumn column, int start, Span<float> cells)
    {
        if (column is SingleColumn singles && offset == 0)
        {
            singles.Cells.Span.Slice(start, cells.Length).CopyTo(cells);
        }
        else
        {
            Span<double> step = stackalloc double[StepRows];
            for (int done = 0; done < cells.Length; done += StepRows)
            {
                var values = step[..Math.Min(StepRows, cells.Length - done)];
                ((NumberColumn)column).CopyTo(start + done, values);
                TensorPrimitives.Subtract(values, offset, values);
                TensorPrimitives.ConvertTruncating<double, float>(values, cells[done..]);
            }
        }

        int odd = FiniteCheck.IndexOfNonFinite(cells);
        if (odd < 0 || fill.IsRefused)
            return odd < 0;
        // Only a missing number becomes NaN: one that is too large becomes infinite.
        for (int i = odd; i < cells.Length; i++)
            cells[i] = float.IsNaN(cells[i]) ? fill.Cell : cells[i];
        return FiniteCheck.IndexOfNonFinite(cells) < 0;
    }

    public override bool TakesValues => true;

    public override void EncodeValues(ReadOnlySpan<double> values, int stride, RowCells target)
    {
        for (int i = 0, from = 0, at = 0; i < target.Rows; i++, from += stride, at += target.Stride)
        {
            float value = (float)(values[from] - offset);
            target.Cells[at] = float.IsFinite(value) ? value : Odd(values[from], i, target);
        }
    }

    private float Odd(double value, int row, RowCells target)
    {
        if (double.IsNaN(value))
            return fill.IsRefused ? throw MissingCell(target.Number(row)) : fill.Cell;
        long number = target.Number(row);
        string expected = double.IsFinite(value)
            ? "a cell holds numbers up to ±3.4E+38 (float32). Express the column in larger units, or take its logarithm."
            : "a finite number was expected. Make the cell missing where the value is not known, or leave the row out.";
        throw new TableDataException(string.Create(CultureInfo.InvariantCulture, $"Row {number}, column '{Source}' is {value}; {expected}"), number, Source);
    }
}
