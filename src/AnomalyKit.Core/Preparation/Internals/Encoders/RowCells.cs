namespace AnomalyKit.Preparation;

/// <summary>The cells of a block of rows that one encoder fills in: row-major, of all columns of the matrix.</summary>
/// <param name="cells">The cells of the block.</param>
/// <param name="stride">The columns of the matrix.</param>
/// <param name="column">The encoder's first column.</param>
/// <param name="start">The first row, in the column that is encoded.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="firstRow">What to add to a row of the column for a row of the source, in errors.</param>
internal readonly ref struct RowCells(Span<float> cells, int stride, int column, int start, int rows, long firstRow)
{
    public Span<float> Cells { get; } = cells[column..];

    public int Stride { get; } = stride;

    public int Start { get; } = start;

    public int Rows { get; } = rows;

    /// <summary>The number of a row of the block in the source.</summary>
    public long Number(int row) => firstRow + Start + row;
}
