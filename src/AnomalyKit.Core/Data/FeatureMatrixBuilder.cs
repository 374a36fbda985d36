namespace AnomalyKit;

/// <summary>Collects rows into a <see cref="FeatureMatrix"/> when their number is not known beforehand.</summary>
/// <remarks>
/// Rows go into blocks of about 16 MiB, so growing copies nothing beyond the first block, which begins with 64 KiB, and no allocation exceeds what
/// the matrix needs by more than one block. Not thread-safe.
/// </remarks>
public sealed class FeatureMatrixBuilder
{
    private const int BlockCells = 4 << 20;

    // Below the size from which arrays are collected with the oldest objects only.
    private const int FirstCells = 16 << 10;
    private const int Growth = 4;

    private readonly List<ReadOnlyMemory<float>> _blocks = [];
    private readonly int _cellsPerBlock;
    private readonly int _firstCells;
    private float[] _current = [];
    private int _used;
    private bool _built;

    /// <summary>Starts an empty matrix.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="capacity">The number of rows if it is known, else 0. Known rows are stored in one piece if they fit one array.</param>
    public FeatureMatrixBuilder(FeatureSchema schema, int capacity = 0)
        : this(schema ?? throw new ArgumentNullException(nameof(schema)), KnownRows(schema, capacity) ?? RowsPerBlock(schema.ColumnCount), isFull: KnownRows(schema, capacity) is not null)
    {
    }

    private FeatureMatrixBuilder(FeatureSchema schema, int rowsPerBlock, bool isFull)
    {
        Schema = schema;
        _cellsPerBlock = rowsPerBlock * schema.ColumnCount;
        _firstCells = isFull ? _cellsPerBlock : FirstCellsOf(schema.ColumnCount, _cellsPerBlock);
    }

    /// <summary>The columns.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>The number of rows added so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Starts an empty matrix of which only a bound is known.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="maxRows">The most rows that will be added, at least 1.</param>
    /// <param name="isLikelyFull">Whether so many rows are to be expected, so that growing towards them would be for nothing.</param>
    internal static FeatureMatrixBuilder OfAtMost(FeatureSchema schema, int maxRows, bool isLikelyFull) =>
        new(schema, Math.Min(maxRows, RowsPerBlock(schema.ColumnCount)), isLikelyFull);

    /// <summary>Appends one or more rows.</summary>
    /// <param name="rows">Row-major cells of whole rows.</param>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows.</exception>
    /// <exception cref="InvalidOperationException">The matrix has been built, or would pass <see cref="Array.MaxLength"/> rows.</exception>
    public void Add(ReadOnlySpan<float> rows)
    {
        int columns = Schema.ColumnCount;
        if (rows.Length % columns != 0)
            throw new ArgumentException($"{rows.Length} cells do not form whole rows of {columns} columns.", nameof(rows));
        CheckRoom(rows.Length / columns);
        while (!rows.IsEmpty)
        {
            var room = GetSpan(rows.Length / columns);
            rows[..room.Length].CopyTo(room);
            Advance(room.Length / columns);
            rows = rows[room.Length..];
        }
    }

    /// <summary>Room for the next rows, to be filled in place and then counted with <see cref="Advance"/>.</summary>
    /// <param name="maxRows">The most rows wanted, at least 1.</param>
    /// <returns>Uninitialised row-major cells for at least one and at most <paramref name="maxRows"/> whole rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxRows"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The matrix has been built, or holds <see cref="Array.MaxLength"/> rows.</exception>
    public Span<float> GetSpan(int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        CheckRoom(1);
        int columns = Schema.ColumnCount;
        if (_used == _current.Length)
            Grow();

        int rows = Math.Min(Math.Min(maxRows, Array.MaxLength - RowCount), (_current.Length - _used) / columns);
        return _current.AsSpan(_used, rows * columns);
    }

    /// <summary>Counts rows that were written into the span of the last <see cref="GetSpan"/>.</summary>
    /// <param name="rowCount">The number of rows, from the start of the span.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or exceeds the rows left in the current block.</exception>
    public void Advance(int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, (_current.Length - _used) / Schema.ColumnCount);
        CheckRoom(rowCount);
        _used += rowCount * Schema.ColumnCount;
        RowCount += rowCount;
    }

    /// <summary>Ends the collection.</summary>
    /// <param name="labels">One label per row, or empty if there are none.</param>
    /// <returns>The matrix over the collected rows; the builder takes no more.</returns>
    /// <exception cref="ArgumentException">The number of labels differs from the number of rows.</exception>
    /// <exception cref="InvalidOperationException">The matrix has been built already.</exception>
    public FeatureMatrix Build(ReadOnlyMemory<bool> labels = default) => Build(labels, !labels.IsEmpty);

    internal FeatureMatrix Build(ReadOnlyMemory<bool> labels, bool hasLabels)
    {
        if (_built)
            throw new InvalidOperationException("The matrix has been built already.");
        _built = true;
        Flush();
        return FeatureMatrix.OverBlocks(_blocks, Schema, labels, hasLabels);
    }

    private static int RowsPerBlock(int columns) => Math.Clamp(BlockCells / columns, 1, Array.MaxLength / columns);

    private static int? KnownRows(FeatureSchema schema, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        return capacity > 0 && capacity <= Array.MaxLength / schema.ColumnCount ? capacity : null;
    }

    private static int FirstCellsOf(int columns, int cellsPerBlock) => Math.Min(cellsPerBlock, Math.Max(1, FirstCells / columns) * columns);

    private void CheckRoom(int rows)
    {
        if (_built)
            throw new InvalidOperationException("The matrix has been built; start another builder for another matrix.");
        if (rows > Array.MaxLength - RowCount)
            throw new InvalidOperationException($"A matrix holds at most {Array.MaxLength} rows.");
    }

    private void Grow()
    {
        if (_current.Length == _cellsPerBlock || RowCount == 0)
        {
            Flush();
            _current = GC.AllocateUninitializedArray<float>(RowCount == 0 ? _firstCells : _cellsPerBlock);
            return;
        }

        float[] larger = GC.AllocateUninitializedArray<float>((int)Math.Min(_cellsPerBlock, (long)Growth * _current.Length));
        _current.CopyTo(larger, 0);
        _current = larger;
    }

    private void Flush()
    {
        // The matrix should not hold on to more than twice the memory that it shows.
        if (_used > _current.Length / 2)
            _blocks.Add(_current.AsMemory(0, _used));
        else if (_used > 0)
            _blocks.Add(_current.AsSpan(0, _used).ToArray());
        _used = 0;
        _current = [];
    }
}
