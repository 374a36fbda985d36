using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Views;

/// <summary>Goes through data and scores it in blocks of rows, for detectors score many rows at once faster than one by one. What else is wanted of a row waits with it.</summary>
internal sealed class ScoredCursor : DataViewRowCursor
{
    // The first block is small: who looks at a few rows should not wait for many.
    private const int FirstBlockRows = 64;
    private const int MaxBlockRows = 2048;

    // Fewer rows wait where they are wide.
    private const long MaxBlockCells = 4 << 20;

    private readonly DataViewRowCursor _cursor;
    private readonly bool[] _wanted;
    private readonly PendingRows? _pending;
    private readonly DetectorInput _input;
    private readonly WaitingColumn?[] _waiting;
    private readonly WaitingColumn<DataViewRowId> _ids;
    private readonly float[] _scores = new float[MaxBlockRows];
    private readonly long[] _batches = new long[MaxBlockRows];
    private int _blockRows = FirstBlockRows / 2;
    private int _rows;
    private int _row = -1;
    private long _position = -1;
    private bool _ended;

    /// <param name="cursor">The data.</param>
    /// <param name="schema">The columns of the data and behind them those of scores.</param>
    /// <param name="wanted">Which of them are active.</param>
    /// <param name="pending">Takes rows to scores; null where no score is wanted.</param>
    /// <param name="input">The detector.</param>
    public ScoredCursor(DataViewRowCursor cursor, DataViewSchema schema, bool[] wanted, PendingRows? pending, DetectorInput input)
    {
        _cursor = cursor;
        Schema = schema;
        _wanted = wanted;
        _pending = pending;
        _input = input;
        _waiting = new WaitingColumn?[cursor.Schema.Count];
        for (int i = 0; i < _waiting.Length; i++)
            _waiting[i] = wanted[i] ? WaitingColumn.Of(cursor, cursor.Schema[i], MaxBlockRows) : null;
        _ids = new WaitingColumn<DataViewRowId>(cursor.GetIdGetter(), MaxBlockRows);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _ended ? -1 : _position;

    public override long Batch => _row < 0 || _row >= _rows ? 0 : _batches[_row];

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        if (++_row >= _rows)
        {
            // After an error there are no more rows.
            _ended = true;
            _row = -1;
            Fill();
            _row = 0;
            _ended = _rows == 0;
        }

        _position++;
        return !_ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _wanted.Length && _wanted[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => _ids.Give(Row(), ref id);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor. Ask for it when the cursor is made.");
        Delegate getter = column.Index < _waiting.Length ? _waiting[column.Index]!.Getter(Row) : ScoreGetter(Schema[column.Index].Name);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, of the type {column.Type.RawType}, not {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        if (disposing)
            _cursor.Dispose();
        base.Dispose(disposing);
    }

    private Delegate ScoreGetter(string name) => name switch
    {
        ScoreColumns.Score => (ValueGetter<float>)((ref float score) => score = _scores[Row()]),
        ScoreColumns.PredictedLabel => (ValueGetter<bool>)((ref bool label) => label = _scores[Row()] > _input.Detector.Threshold),
        _ => (ValueGetter<float>)((ref float value) => value = _input.PValue(_scores[Row()])),
    };

    private int Row() => _row >= 0 && _row < _rows ? _row : throw new InvalidOperationException("The cursor is at no row. Call MoveNext first, and stop where it gives false.");

    private void Fill()
    {
        _rows = 0;
        _blockRows = Math.Min(2 * _blockRows, MaxBlockRows);
        long cells = 0;
        while (_rows < _blockRows && cells < MaxBlockCells && _cursor.MoveNext())
        {
            cells += _pending?.Add() ?? 0;
            foreach (var column in _waiting)
                cells += column?.Take(_rows) ?? 0;
            _ids.Take(_rows);
            _batches[_rows++] = _cursor.Batch;
        }

        if (_rows > 0)
            _pending?.Score(_scores.AsSpan(0, _rows), _position + 1);
    }
}
