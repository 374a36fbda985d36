using ParquetSharp;

namespace AnomalyKit.Parquet.Cells;

/// <summary>Reads cells of a physical type. Parquet packs the cells that are there; levels say in which rows they belong.</summary>
/// <typeparam name="T">The physical type.</typeparam>
internal abstract class PackedCells<T>(CellShape shape) : ColumnCells(shape)
    where T : unmanaged
{
    private short[] _levels = [];
    private T[] _packed = [];

    public sealed override TableColumn Read(ColumnReader reader, string name, int rows, long firstRow)
    {
        var typed = (ColumnReader<T>)reader;
        bool isOptional = reader.ColumnDescriptor.MaxDefinitionLevel > 0;
        if (isOptional && _levels.Length < rows)
            _levels = new short[rows];
        Begin(rows, firstRow, name);
        for (int row = 0; row < rows;)
        {
            var packed = Destination(row, rows - row);
            var levels = isOptional ? _levels.AsSpan(0, packed.Length) : default;
            // At most one page at a time; pointers into it hold until the next call.
            int count = checked((int)typed.ReadBatch(packed.Length, levels, default, packed, out long there));
            if (count == 0)
                throw new InvalidDataException($"column '{name}' ends {rows - row} rows before its row group does");
            levels = isOptional ? levels[..count] : default;
            int present = isOptional ? levels.Count((short)1) : count;
            if (present != there)
                throw new InvalidDataException($"column '{name}' has {there} cells for the {present} that its levels announce");
            Put(row, packed[..count], levels, present);
            row += count;
        }

        return End(name);
    }

    /// <summary>Prepares for a run of rows.</summary>
    protected abstract void Begin(int rows, long firstRow, string name);

    /// <summary>Where packed cells are read to; by default, memory that is used again.</summary>
    protected virtual Span<T> Destination(int row, int rows)
    {
        if (_packed.Length < rows)
            _packed = new T[rows];
        return _packed.AsSpan(0, rows);
    }

    /// <summary>Takes cells.</summary>
    /// <param name="row">The row of the run that the first is for.</param>
    /// <param name="cells">As many as there are rows; those that are there lie at the front.</param>
    /// <param name="levels">1 for a row whose cell is there, 0 for one whose cell is missing; empty where all are.</param>
    /// <param name="present">How many cells are there.</param>
    protected abstract void Put(int row, Span<T> cells, ReadOnlySpan<short> levels, int present);

    /// <summary>The run as a column, of memory of its own.</summary>
    protected abstract TableColumn End(string name);
}
