using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Means and deviations of columns whose rows count a number of times each.</summary>
internal static class WeightedColumns
{
    private const int BlockRows = 4096;

    /// <summary>Σ w x / Σ w and the root of Σ w (x − mean)² / Σ w, by two passes over blocks of fixed size, folded in order.</summary>
    public static ColumnScaling Standard(FeatureMatrix data, FitContext context)
    {
        int columns = data.ColumnCount;
        double total = 0;
        foreach (double weight in data.Weights.Span)
            total += weight;
        // From the first row: in a column that is constant the sum of differences is 0, whatever the weights are.
        double[] first = [.. data.Cells(0).ToArray().Select(cell => (double)cell)];
        double[] means = Sum(data, first, squared: false, context.Part(0, 0.5));
        for (int j = 0; j < columns; j++)
            means[j] = first[j] + (means[j] / total);
        double[] scales = Sum(data, means, squared: true, context.Part(0.5, 1));
        for (int j = 0; j < columns; j++)
            scales[j] = StandardScaling.ScaleOrOne(Math.Sqrt(scales[j] / total));
        return new ColumnScaling(means, scales);
    }

    private static double[] Sum(FeatureMatrix data, double[] from, bool squared, FitContext context)
    {
        int blocks = Blocks.Count(data.RowCount, BlockRows);
        var partial = new double[blocks][];
        context.ForBlocks("scaling", blocks, block =>
        {
            var sums = new double[from.Length];
            var weights = data.Weights.Span;
            int end = (int)Math.Min(data.RowCount, (block + 1L) * BlockRows);
            for (int row = block * BlockRows; row < end; row++)
            {
                var cells = data.Cells(row);
                for (int j = 0; j < sums.Length; j++)
                {
                    double value = cells[j] - from[j];
                    sums[j] += weights[row] * (squared ? value * value : value);
                }
            }

            partial[block] = sums;
        });
        var total = new double[from.Length];
        foreach (double[] sums in partial)
        {
            for (int j = 0; j < total.Length; j++)
                total[j] += sums[j];
        }

        return total;
    }
}
