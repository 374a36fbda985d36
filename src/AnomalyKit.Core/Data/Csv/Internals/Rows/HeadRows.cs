namespace AnomalyKit.Csv;

/// <summary>The first rows of a file, kept until the offsets are chosen, with the errors among them at their places.</summary>
internal sealed class HeadRows
{
    private const int MostRows = 4096;
    private const int MostCells = 1 << 21;

    private readonly int _stride;
    private readonly int _capacity;
    private readonly List<bool> _labels = [];
    private readonly List<long> _lines = [];
    private readonly Queue<(int Row, CsvFormatException Error)> _errors = new();
    private double[] _values;
    private double[] _rests = [];
    private int _taken;

    /// <summary>An empty head.</summary>
    /// <param name="stride">The padded number of columns.</param>
    /// <param name="maxRows">The most rows that are to be read of the file.</param>
    public HeadRows(int stride, long maxRows)
    {
        _stride = stride;
        _capacity = (int)Math.Min(Math.Clamp(MostCells / stride, 16, MostRows), maxRows);
        // Small files should not pay for the whole buffer.
        _values = new double[Math.Min(_capacity, 64) * stride];
    }

    public int Count { get; private set; }

    /// <summary>Whether it takes no more. Errors take room too: a file of nothing else must not be read to its end.</summary>
    public bool IsFull => Count + _errors.Count >= _capacity;

    /// <summary>Whether all rows and errors were taken out again.</summary>
    public bool IsDrained => _taken == Count && _errors.Count == 0;

    public void Add(in ParsedRow row)
    {
        if (_values.Length == Count * _stride)
            Grow();
        row.Values.CopyTo(_values.AsSpan(Count * _stride));
        if (!row.Rests.IsEmpty)
        {
            if (_rests.Length == 0)
                _rests = new double[_values.Length];
            row.Rests.CopyTo(_rests.AsSpan(Count * _stride));
        }

        _labels.Add(row.Label);
        _lines.Add(row.Line);
        Count++;
    }

    /// <summary>Keeps an error for the place where it occurred.</summary>
    public void Add(CsvFormatException error) => _errors.Enqueue((Count, error));

    /// <summary>Copies the values of one column.</summary>
    public void CopyColumn(int column, Span<double> destination)
    {
        for (int row = 0; row < Count; row++)
            destination[row] = _values[(row * _stride) + column];
    }

    /// <summary>Whether any number has more digits than its double.</summary>
    public bool HasRests => _rests.Length > 0;

    /// <summary>What the number in the first row is more than its double.</summary>
    public double FirstRest(int column) => _rests[column];

    /// <summary>Copies what the numbers of a column are more than their doubles.</summary>
    public void CopyRests(int column, Span<double> destination)
    {
        for (int row = 0; row < Count; row++)
            destination[row] = _rests[(row * _stride) + column];
    }

    /// <summary>Takes the next row, or the error before it.</summary>
    /// <returns>False where there is an error, or nothing more.</returns>
    public bool TryTake(out ParsedRow row, out CsvFormatException? error)
    {
        row = default;
        error = null;
        if (_errors.TryPeek(out var next) && next.Row == _taken)
        {
            error = _errors.Dequeue().Error;
            return false;
        }

        if (_taken == Count)
            return false;
        int start = _taken * _stride;
        row = new ParsedRow(
            _values.AsSpan(start, _stride), _rests.Length == 0 ? default : _rests.AsSpan(start, _stride), _labels[_taken], _lines[_taken]);
        _taken++;
        return true;
    }

    private void Grow()
    {
        int length = Math.Min(_capacity, 4 * Count) * _stride;
        Array.Resize(ref _values, length);
        if (_rests.Length > 0)
            Array.Resize(ref _rests, length);
    }
}
