using ParquetSharp;

namespace AnomalyKit.Parquet.Cells;

/// <summary>Reads runs of cells of one column.</summary>
internal abstract class ColumnCells(CellShape shape)
{
    /// <summary>What kind of column the cells become.</summary>
    public CellShape Shape { get; } = shape;

    /// <summary>The next rows as a column.</summary>
    /// <param name="reader">The column within its row group.</param>
    /// <param name="name">The name.</param>
    /// <param name="rows">How many; the row group has as many left.</param>
    /// <param name="firstRow">The row of the source that the first cell is in.</param>
    /// <exception cref="InvalidDataException">The column ends early.</exception>
    public abstract TableColumn Read(ColumnReader reader, string name, int rows, long firstRow);
}
