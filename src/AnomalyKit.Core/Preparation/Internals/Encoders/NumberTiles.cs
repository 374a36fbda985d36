using System.Runtime.Intrinsics.X86;
using AnomalyKit.Simd;

namespace AnomalyKit.Preparation;

/// <summary>Encodes eight neighboring columns of numbers at once: as runs of cells first, which vectors check, then turned into rows tile by tile.</summary>
/// <remarks>Cell by cell, each store goes to another row; eight at a time they are one store. The cells are those of <see cref="NumberEncoder.Encode"/>.</remarks>
internal static unsafe class NumberTiles
{
    public const int Columns = 8;

    /// <summary>For every encoder the first of eight that a tile may begin with there, or −1. The last tile of a run overlaps the one before it.</summary>
    public static int[] StartsOf(IReadOnlyList<ColumnEncoder> encoders)
    {
        int[] starts = new int[encoders.Count];
        Array.Fill(starts, -1);
        for (int first = 0; first < starts.Length;)
        {
            int end = first;
            while (end < starts.Length && encoders[end] is NumberEncoder { LeavesMissing: false })
                end++;
            for (int i = first; i < end && end - first >= Columns; i++)
                starts[i] = Math.Min(i, end - Columns);
            first = end + 1;
        }

        return starts;
    }

    /// <summary>Encodes eight columns.</summary>
    /// <param name="encoders">Of numbers.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="sources">Which of them each encodes.</param>
    /// <param name="target">The cells, from the first encoder's column on.</param>
    /// <returns>Whether all cells could be filled in; if not, one value is missing or too large, or the processor has no such vectors.</returns>
    public static bool TryEncode(ReadOnlySpan<ColumnEncoder> encoders, ReadOnlySpan<TableColumn> columns, ReadOnlySpan<int> sources, RowCells target)
    {
        int rows = target.Rows;
        if (!Avx.IsSupported || rows < Columns)
            return false;
        Span<float> runs = stackalloc float[Columns * rows];
        for (int i = 0; i < Columns; i++)
        {
            if (!((NumberEncoder)encoders[i]).TryTakeFinite(columns[sources[i]], target.Start, runs.Slice(i * rows, rows)))
                return false;
        }

        // The last cell that is written lies within the span: a tile is as wide as the encoders.
        _ = target.Cells[((rows - 1) * target.Stride) + Columns - 1];
        fixed (float* source = runs, cells = target.Cells)
        {
            for (int row = 0; row < rows; row += Columns)
            {
                int from = Math.Min(row, rows - Columns);
                EightByEight.Transpose(source + from, rows, cells + ((long)from * target.Stride), target.Stride);
            }
        }

        return true;
    }
}
