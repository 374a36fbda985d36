using AnomalyKit.ML.Cells;
using Microsoft.ML;

namespace AnomalyKit.ML.Inputs;

/// <summary>Cells of a cursor on their way to a detector of tables.</summary>
internal sealed class TableRows : PendingRows
{
    private readonly TableDetector _detector;
    private readonly ViewColumns _columns;
    private readonly CellReader[] _readers;

    public TableRows(TableDetector detector, ViewColumns columns, DataViewRow row)
    {
        _detector = detector;
        _columns = columns;
        _readers = columns.Open(row);
    }

    public override int Add()
    {
        foreach (var reader in _readers)
            reader.Read();
        return _readers.Length;
    }

    public override void Score(Span<float> scores, long firstRow) => _detector.Score(_columns.Take(_readers, firstRow), scores, TableInput.SingleThread);
}
