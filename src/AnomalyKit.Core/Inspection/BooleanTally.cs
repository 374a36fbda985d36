using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>What is counted of a column of yes and no.</summary>
internal sealed class BooleanTally(TableField field, InspectionOptions options) : CodedTally(field, options)
{
    // Yes and no are numerically equal to 1 and 0.
    protected override string ContentKind => "number ";

    public override ColumnInspection Result() => Result(Frequent(code => code == 1 ? "true" : "false"));

    protected override int Count(TableColumn batch, Span<ulong> hashes)
    {
        int missing = 0;
        var cells = ((BooleanColumn)batch).Cells.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            if (cells[row] == BooleanColumn.MissingCell)
            {
                hashes[row] = CellHash.Missing;
                missing++;
                continue;
            }

            hashes[row] = CellHash.Mix((ulong)BitConverter.DoubleToInt64Bits(cells[row]));
            CountCode(cells[row], hashes[row]);
        }

        return missing;
    }
}
