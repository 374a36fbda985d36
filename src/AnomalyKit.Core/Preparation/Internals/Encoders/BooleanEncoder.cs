using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>No becomes 0 and yes becomes 1.</summary>
/// <param name="source">The column of the table.</param>
/// <param name="fill">What missing cells hold.</param>
internal sealed class BooleanEncoder(string source, CellFill fill) : ColumnEncoder(source, ColumnKind.Boolean)
{
    public const string Name = "boolean";

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts => ["value"];

    /// <summary>What missing cells hold.</summary>
    public CellFill CellOfMissing => fill;

    public override bool LeavesMissing => fill.IsNative;

    public override bool RefusesMissing => fill.IsRefused;

    public static BooleanEncoder Read(ModelReader reader, string source) => new(source, CellFill.Read(reader, 0));

    public override void WriteTo(ModelWriter writer) => fill.WriteTo(writer, 0);

    public override void Encode(TableColumn column, RowCells target)
    {
        var values = ((BooleanColumn)column).Cells.Span.Slice(target.Start, target.Rows);
        for (int i = 0, at = 0; i < values.Length; i++, at += target.Stride)
        {
            target.Cells[at] = values[i] != BooleanColumn.MissingCell
                ? values[i]
                : fill.IsRefused ? throw MissingCell(target.Number(i)) : fill.Cell;
        }
    }
}
