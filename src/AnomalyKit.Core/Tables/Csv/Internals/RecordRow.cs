namespace AnomalyKit.Csv;

/// <summary>The row at which the records of a file stand.</summary>
internal sealed class RecordRow(CsvRecords records) : CsvRow
{
    public override long Line => records.Line;

    public override int CellCount => records.CellCount;

    protected override ReadOnlySpan<char> Raw(int column) => records[column];

    protected override bool IsQuoted(int column) => records.IsQuoted(column);
}
