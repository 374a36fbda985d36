using System.Numerics.Tensors;
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
        var minimums = new float[blocks][];
        var maximums = new float[blocks][];
        var missing = new double[data.Schema.AllowsMissing ? blocks : 0][];
        context.ForBlocks("profiling", blocks, block =>
        {
            minimums[block] = Filled(columns, float.PositiveInfinity);
            maximums[block] = Filled(columns, float.NegativeInfinity);
            if (missing.Length > 0)
                missing[block] = new double[columns];
            int end = (int)Math.Min(data.RowCount, (block + 1L) * RowsAtOnce);
            for (int row = block * RowsAtOnce; row < end;)
            {
                var cells = data.ContiguousCells(row, end - row);
                if (!areChecked)
                    CellChecks.ThrowIfNotValid(cells, row, data.Schema);
                for (int at = 0; at < cells.Length; at += columns, row++)
                {
                    var one = cells.Slice(at, columns);
                    TensorPrimitives.MinNumber(one, minimums[block], minimums[block]);
                    TensorPrimitives.MaxNumber(one, maximums[block], maximums[block]);
                    if (missing.Length > 0)
                        Count(one, data.HasWeights ? data.Weights.Span[row] : 1, missing[block]);
                }
            }
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
            ranges[i] = new ColumnRange(minimums.Min(block => block[i]) + 0f + offset, maximums.Max(block => block[i]) + 0f + offset, Math.Min(1, lost / all));
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

    private static float[] Filled(int length, float value)
    {
        var filled = new float[length];
        Array.Fill(filled, value);
        return filled;
    }
}
