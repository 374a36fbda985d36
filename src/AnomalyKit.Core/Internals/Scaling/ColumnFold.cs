using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Folds all rows into a few doubles per column, on several threads but in an order that does not depend on their number.</summary>
internal static class ColumnFold
{
    private const int BlockRows = 4096;

    /// <summary>Adds rows to what has been folded so far.</summary>
    internal delegate void Accumulate(ReadOnlySpan<float> rows, Span<double> folded);

    public static double[] Over(
        FeatureMatrix data, int size, double initial, FitContext context, Accumulate accumulate, Func<double, double, double> merge)
    {
        int blocks = Blocks.Count(data.RowCount, BlockRows);
        var partial = new double[blocks][];
        context.ForBlocks("scaling", blocks, block =>
        {
            var folded = new double[size];
            folded.AsSpan().Fill(initial);
            int end = (int)Math.Min(data.RowCount, (block + 1L) * BlockRows);
            for (int row = block * BlockRows; row < end;)
            {
                var rows = data.ContiguousCells(row, end - row);
                accumulate(rows, folded);
                row += rows.Length / data.ColumnCount;
            }

            partial[block] = folded;
        });

        var total = new double[size];
        total.AsSpan().Fill(initial);
        foreach (double[] folded in partial)
        {
            for (int j = 0; j < size; j++)
                total[j] = merge(total[j], folded[j]);
        }

        return total;
    }
}
