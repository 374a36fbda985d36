using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using AnomalyKit.Simd;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Brings the columns of a tile of rows into one piece each.</summary>
internal static unsafe class TileTranspose
{
    /// <param name="rows">Row-major cells.</param>
    /// <param name="rowCount">The rows, at most <paramref name="stride"/>.</param>
    /// <param name="columns">Cells a row.</param>
    /// <param name="wanted">The columns to bring, ascending.</param>
    /// <param name="target">Receives one run of <paramref name="stride"/> values a wanted column; values behind the last row repeat it.</param>
    /// <param name="stride">The values of a run, a multiple of 8.</param>
    public static void Columns(float* rows, int rowCount, int columns, int[] wanted, float* target, int stride)
    {
        int i = 0;
        if (Avx.IsSupported && rowCount >= 8)
        {
            // Eight neighbouring columns at a time, where eight wanted ones are neighbours.
            for (; i <= wanted.Length - 8;)
            {
                if (wanted[i + 7] - wanted[i] == 7)
                {
                    EightColumns(rows + wanted[i], rowCount, columns, target + ((long)i * stride), stride);
                    i += 8;
                }
                else
                {
                    OneColumn(rows + wanted[i], rowCount, columns, target + ((long)i * stride), stride);
                    i++;
                }
            }

            // The rest overlaps columns that are done: cheaper than one by one.
            if (i < wanted.Length && i >= 8 && wanted[^1] - wanted[^8] == 7)
            {
                EightColumns(rows + wanted[^8], rowCount, columns, target + ((long)(wanted.Length - 8) * stride), stride);
                i = wanted.Length;
            }
        }

        for (; i < wanted.Length; i++)
            OneColumn(rows + wanted[i], rowCount, columns, target + ((long)i * stride), stride);
    }

    private static void OneColumn(float* cell, int rowCount, int columns, float* target, int stride)
    {
        for (int row = 0; row < rowCount; row++, cell += columns)
            target[row] = *cell;
        for (int row = rowCount; row < stride; row++)
            target[row] = target[rowCount - 1];
    }

    private static void EightColumns(float* cells, int rowCount, int columns, float* target, int stride)
    {
        for (int row = 0; row < stride; row += 8)
        {
            // The last block overlaps the one before it, as the values behind the last row are of no account: they only must be some row's.
            int from = Math.Min(row, rowCount - 8);
            EightByEight.Transpose(cells + ((long)from * columns), columns, target + row, stride);
            if (from != row)
                RepeatInOrder(cells, rowCount, columns, target, stride, row);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RepeatInOrder(float* cells, int rowCount, int columns, float* target, int stride, int row)
    {
        for (int i = row; i < row + 8; i++)
        {
            float* source = cells + ((long)Math.Min(i, rowCount - 1) * columns);
            for (int column = 0; column < 8; column++)
                target[(column * stride) + i] = source[column];
        }
    }
}
