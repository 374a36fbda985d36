namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Takes rows to lanes, and contributions back.</summary>
/// <param name="forest">It names the columns and groups that are of interest.</param>
/// <param name="lanes">Rows per vector.</param>
internal sealed unsafe class RowBlocks(PathForest forest, int lanes)
{
    /// <summary>Cells and contributions that are worked on at once: few enough for the cache.</summary>
    private const int BlockLength = 1 << 13;

    private const int MaxRows = 64;

    /// <summary>The rows that are worked on at once: whole vectors.</summary>
    public int Rows { get; } = Math.Max(lanes, Math.Min(MaxRows, BlockLength / (forest.Columns.Length + forest.Groups.Length + 1)) / lanes * lanes);

    /// <summary>Doubles for the cells of a block.</summary>
    public long CellsLength => (long)Rows * forest.Columns.Length;

    /// <summary>Doubles for the contributions of a block.</summary>
    public long ContributionsLength => (long)Rows * forest.Groups.Length;

    /// <summary>Copies the cells of rows into lanes. The last row fills what is left of the last vector.</summary>
    /// <returns>The number of vectors.</returns>
    public int Gather(EncodedRows rows, double* cells)
    {
        int count = (rows.RowCount + lanes - 1) / lanes;
        for (int i = 0; i < count * lanes; i++)
        {
            var row = rows.Cells.Slice(Math.Min(i, rows.RowCount - 1) * rows.ColumnCount, rows.ColumnCount);
            double* cell = cells + ((long)(i / lanes) * lanes * forest.Columns.Length) + (i % lanes);
            foreach (int column in forest.Columns)
            {
                *cell = row[column];
                cell += lanes;
            }
        }

        return count;
    }

    /// <summary>Sets the contributions of one row, 0 for groups that no tree splits.</summary>
    /// <returns>Their sum.</returns>
    public double Scatter(double* contributions, int row, Span<double> target)
    {
        target.Clear();
        double sum = 0;
        double* contribution = contributions + ((long)(row / lanes) * lanes * forest.Groups.Length) + (row % lanes);
        foreach (int group in forest.Groups)
        {
            target[group] = *contribution;
            sum += *contribution;
            contribution += lanes;
        }

        return sum;
    }
}
