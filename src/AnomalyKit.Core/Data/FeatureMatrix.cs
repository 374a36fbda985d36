using System.Runtime.CompilerServices;

namespace AnomalyKit;

/// <summary>Rows of numeric features: float32, row-major, with named columns and, optionally, a label and a weight for each row.</summary>
/// <remarks>
/// <para>
/// The matrix is a view: <see cref="Wrap(ReadOnlyMemory{float}, FeatureSchema, ReadOnlyMemory{bool})"/>, <see cref="WrapBlocks"/> and <see cref="Slice"/> copy nothing. Its cells lie in one or more blocks of
/// whole rows, so that a matrix can hold more than 2³¹ cells (the number of rows is an <see cref="int"/>: scores for them fit one array).
/// </para>
/// <para>
/// Labels (<see langword="true"/> = anomaly) ride along for measuring; no detector reads them. Weights ride along for fitting: see <see cref="Weights"/>. Cells are not checked here: fitting and scoring
/// refuse NaN and infinity by row and column. Safe for any number of threads as long as nobody writes to the wrapped memory.
/// </para>
/// </remarks>
public sealed partial class FeatureMatrix
{
    private readonly ReadOnlyMemory<float>[] _blocks;
    private readonly int _rowsPerBlock;
    private readonly int _firstRow;
    private readonly ReadOnlyMemory<bool> _labels;

    // The memory of no labels and of labels for no rows look alike, so whether there are labels is kept beside it.
    private FeatureMatrix(
        ReadOnlyMemory<float>[] blocks,
        int rowsPerBlock,
        int firstRow,
        int rowCount,
        FeatureSchema schema,
        ReadOnlyMemory<bool> labels,
        bool hasLabels,
        RowWeights weights)
    {
        _blocks = blocks;
        _rowsPerBlock = rowsPerBlock;
        _firstRow = firstRow;
        _labels = labels;
        HasLabels = hasLabels;
        RowCount = rowCount;
        Schema = schema;
        _weights = weights;
    }

    /// <summary>The number of rows; may be 0.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns, at least 1.</summary>
    public int ColumnCount => Schema.ColumnCount;

    /// <summary><see cref="RowCount"/> × <see cref="ColumnCount"/>; may exceed 2³¹.</summary>
    public long CellCount => (long)RowCount * ColumnCount;

    /// <summary>The columns' names and offsets.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Whether every row has a label. Slices and selections of a labeled matrix are labeled, also those of no rows.</summary>
    public bool HasLabels { get; }

    /// <summary>One label per row (<see langword="true"/> = anomaly); empty if there are no labels.</summary>
    public ReadOnlyMemory<bool> Labels => _labels;

    /// <summary>Wraps existing memory as a matrix, without copying it.</summary>
    /// <param name="cells">Row-major cells; the length is a multiple of the column count.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="labels">One label per row, or empty if there are none.</param>
    /// <returns>The matrix. Writing to the wrapped memory afterwards changes it.</returns>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows, or the number of labels differs from the number of rows.</exception>
    public static FeatureMatrix Wrap(ReadOnlyMemory<float> cells, FeatureSchema schema, ReadOnlyMemory<bool> labels = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        int rows = WholeRows(cells, schema.ColumnCount, nameof(cells));
        CheckLabels(labels, rows);
        return new FeatureMatrix([cells], Math.Max(rows, 1), 0, rows, schema, labels, !labels.IsEmpty, default);
    }

    /// <summary>Wraps existing memory as a matrix of unnamed columns, without copying it.</summary>
    /// <param name="cells">Row-major cells; the length is a multiple of <paramref name="columnCount"/>.</param>
    /// <param name="columnCount">The number of columns, at least 1.</param>
    /// <returns>The matrix. Writing to the wrapped memory afterwards changes it.</returns>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows.</exception>
    public static FeatureMatrix Wrap(ReadOnlyMemory<float> cells, int columnCount) => Wrap(cells, FeatureSchema.Unnamed(columnCount));

    /// <summary>Wraps several blocks of memory as one matrix, without copying them. Use this for more than 2³¹ cells.</summary>
    /// <param name="blocks">Row-major blocks in row order; all blocks but the last hold the same number of rows, and the last holds no more.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="labels">One label per row, or empty if there are none.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">A block is not a whole number of rows, or a block before the last differs in size, or the rows are
    /// more than <see cref="Array.MaxLength"/>, or the number of labels differs from the number of rows.</exception>
    public static FeatureMatrix WrapBlocks(
        IReadOnlyList<ReadOnlyMemory<float>> blocks, FeatureSchema schema, ReadOnlyMemory<bool> labels = default) =>
        OverBlocks(blocks, schema, labels, !labels.IsEmpty);

    /// <summary>As <see cref="WrapBlocks"/>, for callers that know whether no labels are labels of no rows.</summary>
    internal static FeatureMatrix OverBlocks(
        IReadOnlyList<ReadOnlyMemory<float>> blocks, FeatureSchema schema, ReadOnlyMemory<bool> labels, bool hasLabels)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(schema);
        int rowsPerBlock = blocks.Count == 0 ? 0 : WholeRows(blocks[0], schema.ColumnCount, nameof(blocks));
        long rows = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            int blockRows = WholeRows(blocks[i], schema.ColumnCount, nameof(blocks));
            if (blockRows > rowsPerBlock || (blockRows < rowsPerBlock && i < blocks.Count - 1))
            {
                throw new ArgumentException(
                    $"Block {i} holds {blockRows} rows and block 0 {rowsPerBlock}. All blocks but the last must hold the same number, the last no more.",
                    nameof(blocks));
            }

            rows += blockRows;
        }

        if (rows > Array.MaxLength)
            throw new ArgumentException($"{rows} rows; a matrix holds at most {Array.MaxLength}.", nameof(blocks));
        CheckLabels(labels, (int)rows);
        return new FeatureMatrix([.. blocks], Math.Max(rowsPerBlock, 1), 0, (int)rows, schema, labels, hasLabels, default);
    }

    /// <summary>Copies rows given as arrays.</summary>
    /// <param name="rows">Rows of equal length.</param>
    /// <param name="columnNames">One name per column, or null for unnamed columns.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">There is no row, or a row differs in length from the first.</exception>
    public static FeatureMatrix FromRows(IReadOnlyList<float[]> rows, IEnumerable<string>? columnNames = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            throw new ArgumentException("No rows, so the number of columns is unknown. Wrap an empty memory with a schema instead.", nameof(rows));
        if (rows[0] is null)
            throw new ArgumentException("Row 0 is null.", nameof(rows));
        int columns = rows[0].Length;
        var schema = columnNames is null ? FeatureSchema.Unnamed(columns) : new FeatureSchema(columnNames);
        if (schema.ColumnCount != columns)
            throw new ArgumentException($"{schema.ColumnCount} column names for rows of {columns} cells.", nameof(columnNames));
        var builder = new FeatureMatrixBuilder(schema, capacity: rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null)
                throw new ArgumentException($"Row {i} is null.", nameof(rows));
            if (rows[i].Length != columns)
                throw new ArgumentException($"Row {i} has {rows[i].Length} cells and row 0 has {columns}.", nameof(rows));
            builder.Add(rows[i]);
        }

        return builder.Build();
    }

    /// <summary>The cells of one row, in the encoding of <see cref="Schema"/>: value − offset.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>One cell per column, without copying. To score the row, hand matrix and row to the detector; spans of its <c>Score</c> are values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    // Compiled in full at once: training asks for millions of rows before the runtime looks at this again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<float> Cells(int row)
    {
        if ((uint)row >= (uint)RowCount)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has {RowCount} rows.");
        int columns = ColumnCount;
        int block = Math.DivRem(_firstRow + row, _rowsPerBlock, out int inBlock);
        return _blocks[block].Span.Slice(inBlock * columns, columns);
    }

    /// <summary>The longest run of rows that starts at <paramref name="start"/> and lies in one piece of memory.</summary>
    /// <param name="start">The zero-based first row, below <see cref="RowCount"/>.</param>
    /// <param name="maxRows">The most rows wanted, at least 1.</param>
    /// <returns>Row-major cells of at least one and at most <paramref name="maxRows"/> whole rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or fewer than one is wanted.</exception>
    public ReadOnlySpan<float> ContiguousCells(int start, int maxRows = int.MaxValue)
    {
        if ((uint)start >= (uint)RowCount)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"The matrix has {RowCount} rows.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        int columns = ColumnCount;
        int block = Math.DivRem(_firstRow + start, _rowsPerBlock, out int inBlock);
        int rows = Math.Min(Math.Min(maxRows, RowCount - start), _rowsPerBlock - inBlock);
        return _blocks[block].Span.Slice(inBlock * columns, rows * columns);
    }

    /// <summary>A run of rows as a matrix of its own, labels and weights included, without copying.</summary>
    /// <param name="start">The zero-based first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>The rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the matrix.</exception>
    public FeatureMatrix Slice(int start, int count)
    {
        if ((uint)start > (uint)RowCount)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"The matrix has {RowCount} rows.");
        if ((uint)count > (uint)(RowCount - start))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{RowCount - start} rows follow from row {start}.");
        return new FeatureMatrix(
            _blocks, _rowsPerBlock, _firstRow + start, count, Schema, HasLabels ? _labels.Slice(start, count) : default, HasLabels, _weights.Slice(start, count));
    }

    /// <summary>Copies chosen rows, labels and weights included, in the given order.</summary>
    /// <param name="rows">Zero-based rows; repeats are allowed.</param>
    /// <returns>A new matrix with one row for each index.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is no row of this matrix.</exception>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var builder = new FeatureMatrixBuilder(Schema, rows.Length);
        bool[] labels = HasLabels ? new bool[rows.Length] : [];
        for (int i = 0; i < rows.Length; i++)
        {
            builder.Add(Cells(rows[i]));
            if (HasLabels)
                labels[i] = _labels.Span[rows[i]];
        }

        return builder.Build(labels, HasLabels).Weighted(_weights.Select(rows));
    }

    /// <summary>Copies chosen columns in the given order; labels and weights stay.</summary>
    /// <param name="columnNames">Names of columns of this matrix, no two the same.</param>
    /// <returns>A new matrix with these columns.</returns>
    /// <exception cref="ArgumentException">A name is unknown or repeated, or none is given.</exception>
    public FeatureMatrix SelectColumns(params IEnumerable<string> columnNames)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        int[] indexes = [.. columnNames.Select(Schema.IndexOf)];
        var builder = new FeatureMatrixBuilder(Schema.Select(indexes), RowCount);
        var cells = new float[indexes.Length];
        for (int row = 0; row < RowCount; row++)
        {
            var source = Cells(row);
            for (int i = 0; i < indexes.Length; i++)
                cells[i] = source[indexes[i]];
            builder.Add(cells);
        }

        return builder.Build(_labels, HasLabels).Weighted(_weights);
    }

    /// <summary>The same rows with other labels.</summary>
    /// <param name="labels">One label per row, or empty to drop the labels.</param>
    /// <returns>A view of the same cells.</returns>
    /// <exception cref="ArgumentException">The number of labels differs from the number of rows.</exception>
    public FeatureMatrix WithLabels(ReadOnlyMemory<bool> labels)
    {
        CheckLabels(labels, RowCount);
        return new FeatureMatrix(_blocks, _rowsPerBlock, _firstRow, RowCount, Schema, labels, !labels.IsEmpty, _weights);
    }

    /// <summary>The same values under other column names, or with other columns stated to be categories or to have missing cells.</summary>
    /// <param name="schema">The new columns, with the offsets of <see cref="Schema"/>. Other offsets would turn the cells into other values:
    /// to state what existing cells mean, wrap them with their schema.</param>
    /// <returns>A view of the same cells.</returns>
    /// <exception cref="ArgumentException">The schema has another number of columns, or other offsets.</exception>
    public FeatureMatrix WithSchema(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.ColumnCount != ColumnCount)
            throw new ArgumentException($"The schema has {schema.ColumnCount} columns, the matrix {ColumnCount}.", nameof(schema));
        for (int i = 0; i < ColumnCount; i++)
        {
            if (schema.ColumnOffsets[i] != Schema.ColumnOffsets[i])
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Column {i} ('{Schema.ColumnNames[i]}') has the offset {Schema.ColumnOffsets[i]:R} in the matrix and {schema.ColumnOffsets[i]:R} in the new schema, which would change its values. Give the new names with the offsets of the matrix, or wrap the cells with FeatureMatrix.Wrap and the schema that they were encoded with."),
                    nameof(schema));
            }
        }

        return new FeatureMatrix(_blocks, _rowsPerBlock, _firstRow, RowCount, schema, _labels, HasLabels, _weights);
    }

    /// <summary>Rows and columns, for example <c>284807 rows × 30 columns</c>.</summary>
    /// <returns>The shape.</returns>
    public override string ToString() => $"{RowCount} rows × {ColumnCount} columns{(HasLabels ? ", labeled" : "")}{(HasWeights ? ", weighted" : "")}";

    private static int WholeRows(ReadOnlyMemory<float> cells, int columns, string parameter) => cells.Length % columns == 0
        ? cells.Length / columns
        : throw new ArgumentException(
            $"{cells.Length} cells do not form whole rows of {columns} columns: {cells.Length % columns} are left over.", parameter);

    private static void CheckLabels(ReadOnlyMemory<bool> labels, int rows)
    {
        if (!labels.IsEmpty && labels.Length != rows)
            throw new ArgumentException($"There are {labels.Length} labels for {rows} rows. Give one label per row, or no labels.", nameof(labels));
    }
}
