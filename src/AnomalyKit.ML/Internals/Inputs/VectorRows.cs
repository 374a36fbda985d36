using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Inputs;

/// <summary>Vectors of a cursor on their way to a detector.</summary>
internal sealed class VectorRows(IAnomalyDetector detector, string columnName, ValueGetter<VBuffer<float>> getter) : PendingRows
{
    private readonly int _columns = detector.Schema.ColumnCount;
    private VBuffer<float> _vector;
    private float[] _values = [];
    private float[] _encoded = [];
    private int _count;
    private long _firstRow;

    public override int Add()
    {
        int start = _count * _columns;
        if (start + _columns > _values.Length)
            Array.Resize(ref _values, checked(Math.Max(_columns, 2 * _values.Length)));
        getter(ref _vector);
        VectorColumn.ThrowIfOtherLength(_vector.Length, _columns, columnName, _firstRow + _count);
        _vector.CopyTo(_values.AsSpan(start, _columns));
        _count++;
        return _columns;
    }

    public override void Score(Span<float> scores, long firstRow)
    {
        _count = 0;
        _firstRow = firstRow + scores.Length;
        if (_encoded.Length < _values.Length && detector.Schema.HasOffsets)
            _encoded = new float[_values.Length];
        int block = detector.BlockRows;
        for (int start = 0; start < scores.Length; start += block)
        {
            int count = Math.Min(block, scores.Length - start);
            var values = _values.AsSpan(start * _columns, count * _columns);
            detector.ScoreRows(EncodedRows.Encode(values, detector.Schema, _encoded, firstRow + start), scores.Slice(start, count));
        }
    }
}
