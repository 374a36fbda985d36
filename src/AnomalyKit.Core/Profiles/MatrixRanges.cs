using AnomalyKit.Numerics;

namespace AnomalyKit.Profiles;

/// <summary>The ends and the missing cells of all columns of a matrix, over all rows.</summary>
internal static class MatrixRanges
{
    private const int RowsAtOnce = 16384;

    /// <param name="data">The rows.</param>
    /// <param name="areChecked">Whether every cell is known to be one that the schema allows.</param>
    /// <param name="context">The running fit.</param>
    public static ColumnRange[] Of(FeatureMatrix data, bool areChecked, FitContext context)
    {
        int columns = data.ColumnCount;
        int blocks = Blocks.Count(data.RowCount, RowsAtOnce);
        var ends = new RangeFold[blocks];
        var missing = new double[data.Schema.AllowsMissing ? blocks : 0][];
        context.ForBlocks("profiling", blocks, block =>
        {
            ends[block] = new RangeFold(columns, data.Schema.AllowsMissing);
            if (missing.Length > 0)
                missing[block] = new double[columns];
            int end = (int)Math.Min(data.RowCount, (block + 1L) * RowsAtOnce);
            for (int row = block * RowsAtOnce; row < end;)
            {
                var cells = data.ContiguousCells(row, end - row);
                if (!areChecked)
                    CellChecks.ThrowIfNotValid(cells, row, data.Schema);
                ends[block].Add(cells);
                int rows = cells.Length / columns;
                for (int i = 0; i < rows && missing.Length > 0; i++)
                    Count(cells.Slice(i * columns, columns), data.HasWeights ? data.Weights.Span[row + i] : 1, missing[block]);
                row += rows;
            }

            ends[block].Close();
        });

        double all = data.HasWeights ? RowWeights.Checked(data.Weights.Span, nameof(data)) : data.RowCount;
        var ranges = new ColumnRange[columns];
        for (int i = 0; i < columns; i++)
        {
            double offset = data.Schema.ColumnOffsets[i];
            // Block by block, so that the sum of weights does not depend on the threads.
            double lost = 0;
            foreach (double[] block in missing)
                lost += block[i];
            ranges[i] = new ColumnRange(ends.Min(block => block.Minimum(i)) + 0f + offset, ends.Max(block => block.Maximum(i)) + 0f + offset, Math.Min(1, lost / all));
        }

        return ranges;
    }

    private static void Count(ReadOnlySpan<float> row, double weight, double[] missing)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (float.IsNaN(row[i]))
                missing[i] += weight;
        }
    }
}
