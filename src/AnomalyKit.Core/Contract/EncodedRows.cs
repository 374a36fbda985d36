using System.Runtime.CompilerServices;

namespace AnomalyKit;

/// <summary>Rows as cells in the encoding of a <see cref="FeatureSchema"/> (value − offset, as float32), of which every cell is known to be one that the schema allows: a finite number, a code of a category, or NaN where a cell may be missing.</summary>
/// <remarks>
/// Whoever holds one need not check again: a row is checked once, however many detectors score it. Users rarely meet this type: they hand <i>values</i> to
/// <see cref="DetectorExtensions.Score(IAnomalyDetector, ReadOnlySpan{float}, Span{float})"/>, which encodes them. The difference matters where a schema has offsets.
/// </remarks>
public readonly ref struct EncodedRows
{
    private EncodedRows(ReadOnlySpan<float> cells, int rowCount, int columnCount)
    {
        Cells = cells;
        RowCount = rowCount;
        ColumnCount = columnCount;
    }

    /// <summary>The cells, row by row.</summary>
    public ReadOnlySpan<float> Cells { get; }

    /// <summary>The number of rows; may be 0.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Checks cells that are in the encoding of a schema already, for example those of a <see cref="FeatureMatrix"/> with this schema.</summary>
    /// <param name="cells">Row-major cells, a whole number of rows.</param>
    /// <param name="schema">The schema that the cells are encoded in.</param>
    /// <param name="firstRow">The number of the first row, for the message of an error.</param>
    /// <returns>A view of the cells.</returns>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows.</exception>
    /// <exception cref="FeatureDataException">A cell is infinite, or NaN where no cell may be missing, or no code of a category.</exception>
    public static EncodedRows Check(ReadOnlySpan<float> cells, FeatureSchema schema, long firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(schema);
        int rows = Math.DivRem(cells.Length, schema.ColumnCount, out int rest);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"{cells.Length} cells are not a whole number of rows of {schema.ColumnCount} columns: {rest} are left over.", nameof(cells));
        }

        CellChecks.ThrowIfNotValid(cells, firstRow, schema);
        return new EncodedRows(cells, rows, schema.ColumnCount);
    }

    /// <summary>Encodes values of the columns, and checks them.</summary>
    /// <param name="values">Row-major values, a whole number of rows.</param>
    /// <param name="schema">The schema to encode them in.</param>
    /// <param name="buffer">Room for one cell per value. It is used only where the schema has offsets: otherwise values are cells already.</param>
    /// <param name="firstRow">The number of the first row, for the message of an error.</param>
    /// <returns>A view of the buffer, or of the values themselves.</returns>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or the buffer is too small.</exception>
    /// <exception cref="FeatureDataException">A value is infinite, or NaN where no cell may be missing, or no code of a category, or beyond the range of float32 once encoded.</exception>
    public static EncodedRows Encode(ReadOnlySpan<float> values, FeatureSchema schema, Span<float> buffer, long firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (values.Length % schema.ColumnCount != 0)
            throw new ArgumentException($"{values.Length} values are not a whole number of rows of {schema.ColumnCount} columns.", nameof(values));
        if (!schema.HasOffsets)
            return Check(values, schema, firstRow);
        var cells = Room(buffer, values.Length);
        schema.Encode(values, cells);
        int position = CellChecks.IndexOfInvalid(cells, schema);
        if (position >= 0)
            CellChecks.ThrowNotValid(values[position], position, firstRow, schema);
        return Trusted(cells, schema.ColumnCount);
    }

    /// <summary>Encodes values of the columns, and checks them.</summary>
    /// <param name="values">Row-major values, a whole number of rows.</param>
    /// <param name="schema">The schema to encode them in.</param>
    /// <param name="buffer">Receives the cells, one per value.</param>
    /// <param name="firstRow">The number of the first row, for the message of an error.</param>
    /// <returns>A view of the buffer.</returns>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or the buffer is too small.</exception>
    /// <exception cref="FeatureDataException">A value is infinite, or NaN where no cell may be missing, or no code of a category, or beyond the range of float32 once encoded.</exception>
    public static EncodedRows Encode(ReadOnlySpan<double> values, FeatureSchema schema, Span<float> buffer, long firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var cells = Room(buffer, values.Length);
        schema.Encode(values, cells);
        int position = CellChecks.IndexOfInvalid(cells, schema);
        if (position >= 0)
            CellChecks.ThrowNotValid(values[position], position, firstRow, schema);
        return Trusted(cells, schema.ColumnCount);
    }

    /// <summary>A run of these rows.</summary>
    /// <param name="start">The zero-based first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>A view of the same cells.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the rows.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EncodedRows Slice(int start, int count)
    {
        if ((uint)start > (uint)RowCount)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"There are {RowCount} rows.");
        if ((uint)count > (uint)(RowCount - start))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{RowCount - start} rows follow from row {start}.");
        return new EncodedRows(Cells.Slice(start * ColumnCount, count * ColumnCount), count, ColumnCount);
    }

    /// <summary>Rows that were checked before, for instance when a fit began.</summary>
    internal static EncodedRows Trusted(ReadOnlySpan<float> cells, int columnCount) => new(cells, cells.Length / columnCount, columnCount);

    private static Span<float> Room(Span<float> buffer, int cells) => buffer.Length >= cells
        ? buffer[..cells]
        : throw new ArgumentException($"Room for {buffer.Length} cells; there are {cells} values.", nameof(buffer));
}
