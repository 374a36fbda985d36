namespace AnomalyKit;

/// <summary>Collects rows into a <see cref="FeatureMatrix"/> when their number is not known beforehand.</summary>
/// <remarks>
/// Rows go into blocks of about 16 MiB, so growing never copies what is already there and no allocation outgrows what the matrix needs by more
/// than one block. Not thread-safe.
/// </remarks>
public sealed class FeatureMatrixBuilder
{
    private const int BlockCells = 4 << 20;

    private readonly List<ReadOnlyMemory<float>> _blocks = [];
    private readonly int _rowsPerBlock;
    private float[] _current = [];
    private int _used;
    private bool _built;

    /// <summary>Starts an empty matrix.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="capacity">The number of rows where it is known: they are then stored in one piece if they fit one array.</param>
    public FeatureMatrixBuilder(FeatureSchema schema, int capacity = 0)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Schema = schema;
        int inOneArray = Array.MaxLength / schema.ColumnCount;
        _rowsPerBlock = capacity > 0 && capacity <= inOneArray ? capacity : Math.Clamp(BlockCells / schema.ColumnCount, 1, inOneArray);
    }

    /// <summary>The columns.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>The number of rows added so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Appends one row or several.</summary>
    /// <param name="rows">Row-major cells of whole rows.</param>
    /// <exception cref="ArgumentException">The cells are no whole number of rows.</exception>
    /// <exception cref="InvalidOperationException">The matrix has been built, or would pass <see cref="Array.MaxLength"/> rows.</exception>
    public void Add(ReadOnlySpan<float> rows)
    {
        int columns = Schema.ColumnCount;
        if (rows.Length % columns != 0)
            throw new ArgumentException($"{rows.Length} cells are no whole number of rows of {columns} columns.", nameof(rows));
        if (_built)
            throw new InvalidOperationException("The matrix has been built; start another builder for another matrix.");
        int count = rows.Length / columns;
        if (count > Array.MaxLength - RowCount)
            throw new InvalidOperationException($"A matrix holds at most {Array.MaxLength} rows.");
        RowCount += count;
        while (!rows.IsEmpty)
        {
            if (_used == _current.Length)
            {
                Flush();
                _current = GC.AllocateUninitializedArray<float>(_rowsPerBlock * columns);
            }

            int take = Math.Min(rows.Length, _current.Length - _used);
            rows[..take].CopyTo(_current.AsSpan(_used));
            _used += take;
            rows = rows[take..];
        }
    }

    /// <summary>Ends the collection.</summary>
    /// <param name="labels">One label a row, or nothing.</param>
    /// <returns>The matrix over the collected rows; the builder takes no more.</returns>
    public FeatureMatrix Build(ReadOnlyMemory<bool> labels = default)
    {
        if (_built)
            throw new InvalidOperationException("The matrix has been built already.");
        _built = true;
        Flush();
        return FeatureMatrix.WrapBlocks(_blocks, Schema, labels);
    }

    private void Flush()
    {
        if (_used > 0)
            _blocks.Add(_current.AsMemory(0, _used));
        _used = 0;
        _current = [];
    }
}
