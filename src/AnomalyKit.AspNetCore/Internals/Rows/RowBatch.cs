using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Rows;

/// <summary>Collects the texts of rows, objects or arrays of cells, and makes a table of them.</summary>
internal sealed class RowBatch(ServedModel model, RequestGate gate) : IDisposable
{
    /// <summary>The most rows.</summary>
    public const int MaxRows = 1024;

    private const int MaxFullBytes = 1 << 20;

    private readonly PooledBytes _text = new(gate, 4096);
    private readonly List<long> _numbers = [];
    private readonly List<int> _starts = [];
    private readonly CellNames _names = new(model.Columns);

    public int Count => _numbers.Count;

    /// <summary>Whether the rows should be read before others come.</summary>
    public bool IsFull => Count >= MaxRows || _text.Count >= MaxFullBytes;

    /// <summary>The number of a row in the request.</summary>
    public long NumberOf(int row) => _numbers[row];

    /// <summary>Adds a row.</summary>
    /// <param name="text">One value of JSON, an object or an array.</param>
    /// <param name="number">Its number in the request.</param>
    /// <exception cref="RequestException">400: an array has too few or too many cells, or one that is not a cell.</exception>
    public void Add(ReadOnlySpan<byte> text, long number)
    {
        int before = _text.Count;
        _text.Append(before == 0 ? "["u8 : ","u8);
        int start = _text.Count;
        try
        {
            if (text[0] == '[')
                _names.Write(text, number, _text);
            else
                _text.Append(text);
        }
        catch
        {
            _text.Truncate(before);
            throw;
        }

        _numbers.Add(number);
        _starts.Add(start);
    }

    /// <summary>The rows as a table.</summary>
    /// <exception cref="RequestException">400: a row cannot be used; the row is named by its number in the request.</exception>
    public FeatureTable Read()
    {
        _text.Append("]"u8);
        try
        {
            return model.Rows.ReadJson(_text.Written.Span);
        }
        catch (TableDataException e)
        {
            throw Numbered(e);
        }
        finally
        {
            _text.Truncate(_text.Count - 1);
        }
    }

    /// <summary>One row as a table.</summary>
    /// <exception cref="RequestException">400: the row cannot be used; it is named by its number in the request.</exception>
    public FeatureTable Read(int row)
    {
        try
        {
            return model.Rows.ReadJson(TextOf(row));
        }
        catch (TableDataException e)
        {
            throw Numbered(e, row);
        }
    }

    /// <summary>What is wrong with a row of the batch, by the number that the row has in the request.</summary>
    /// <param name="e">What is wrong.</param>
    /// <param name="first">The row that the table began with.</param>
    public RequestException Numbered(TableDataException e, int first = 0)
    {
        int row = e.Row >= 0 && first + e.Row < Count ? first + (int)e.Row : -1;
        long number = row >= 0 ? _numbers[row] : e.Row;
        var problem = Problem.Of(e)!;
        string own = FormattableString.Invariant($"Row {e.Row}");
        string message = problem.Message.StartsWith(own, StringComparison.Ordinal) ? FormattableString.Invariant($"Row {number}") + problem.Message[own.Length..] : problem.Message;
        if (e.ColumnName is { } column && model.Columns.TryIndexOf(column, out _))
            message = Problem.OfModel(message, model.Detector.Preparation.AcceptsMissing(column));
        if (row >= 0)
            message += UnknownFields.Hint(TextOf(row), model.Columns, e.ColumnName);
        return new RequestException(problem.Status, message, e) { Row = number, Column = e.ColumnName };
    }

    /// <summary>The text of a row; that of the last one may have a bracket behind it.</summary>
    private ReadOnlySpan<byte> TextOf(int row) => _text.Written.Span[_starts[row]..(row + 1 < Count ? _starts[row + 1] - 1 : _text.Count)];

    public void Clear()
    {
        _text.Truncate(0);
        _numbers.Clear();
        _starts.Clear();
    }

    public void Dispose() => _text.Dispose();
}
