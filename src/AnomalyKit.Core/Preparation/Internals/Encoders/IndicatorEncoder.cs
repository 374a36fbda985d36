using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>1 where the cell is missing, 0 where it is not.</summary>
/// <param name="source">The column of the table.</param>
/// <param name="sourceKind">What its cells are.</param>
internal sealed class IndicatorEncoder(string source, ColumnKind sourceKind) : ColumnEncoder(source, sourceKind)
{
    public const string Name = "indicator";

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts => ["is missing"];

    public override void WriteTo(ModelWriter writer) => writer.Set("of", SourceKind.ToString());

    public static IndicatorEncoder Read(ModelReader reader, string source)
    {
        string kind = reader.GetString("of");
        return Enum.TryParse(kind, out ColumnKind known) && Enum.IsDefined(known) && known.ToString() == kind
            ? new IndicatorEncoder(source, known)
            : throw ModelReader.FormatError($"'of' is '{kind}'; a kind of column was expected");
    }

    public override void Encode(TableColumn column, RowCells target)
    {
        for (int i = 0, at = 0; i < target.Rows; i++, at += target.Stride)
            target.Cells[at] = column.IsMissing(target.Start + i) ? 1 : 0;
    }

    public override bool TakesValues => SourceKind == ColumnKind.Number;

    public override void EncodeValues(ReadOnlySpan<double> values, int stride, RowCells target)
    {
        for (int i = 0, from = 0, at = 0; i < target.Rows; i++, from += stride, at += target.Stride)
            target.Cells[at] = double.IsNaN(values[from]) ? 1 : 0;
    }
}
