using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit;

/// <summary>Sums and extremes of columns over row-major rows. Lanes are columns, so every width adds in the same order: row by row.</summary>
internal static class ColumnKernels
{
    /// <summary>Adds every row to the columns' sums.</summary>
    public static void AddRows(ReadOnlySpan<float> rows, Span<double> sums)
    {
        int columns = sums.Length;
        for (int start = 0; start < rows.Length; start += columns)
        {
            ref float row = ref MemoryMarshal.GetReference(rows.Slice(start, columns));
            ref double sum = ref MemoryMarshal.GetReference(sums);
            int j = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                for (; j <= columns - 8; j += 8)
                {
                    var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)j));
                    (Vector256.LoadUnsafe(ref sum, (nuint)j) + low).StoreUnsafe(ref sum, (nuint)j);
                    (Vector256.LoadUnsafe(ref sum, (nuint)j + 4) + high).StoreUnsafe(ref sum, (nuint)j + 4);
                }
            }

            for (; j < columns; j++)
                sums[j] += Unsafe.Add(ref row, j);
        }
    }

    /// <summary>Adds every row's squared deviations from the columns' means to the columns' sums.</summary>
    public static void AddSquaredDeviations(ReadOnlySpan<float> rows, ReadOnlySpan<double> means, Span<double> sums)
    {
        int columns = sums.Length;
        ref double mean = ref MemoryMarshal.GetReference(means[..columns]);
        for (int start = 0; start < rows.Length; start += columns)
        {
            ref float row = ref MemoryMarshal.GetReference(rows.Slice(start, columns));
            ref double sum = ref MemoryMarshal.GetReference(sums);
            int j = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                for (; j <= columns - 8; j += 8)
                {
                    var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)j));
                    low -= Vector256.LoadUnsafe(ref mean, (nuint)j);
                    high -= Vector256.LoadUnsafe(ref mean, (nuint)j + 4);
                    (Vector256.LoadUnsafe(ref sum, (nuint)j) + (low * low)).StoreUnsafe(ref sum, (nuint)j);
                    (Vector256.LoadUnsafe(ref sum, (nuint)j + 4) + (high * high)).StoreUnsafe(ref sum, (nuint)j + 4);
                }
            }

            for (; j < columns; j++)
            {
                double deviation = Unsafe.Add(ref row, j) - means[j];
                sums[j] += deviation * deviation;
            }
        }
    }

    /// <summary>Lowers the columns' minima, and the minima of their negatives, to those of the rows.</summary>
    /// <param name="rows">Row-major cells without NaN.</param>
    /// <param name="extremes">The minima, then the minima of the negatives.</param>
    public static void LowerExtremes(ReadOnlySpan<float> rows, Span<double> extremes)
    {
        int columns = extremes.Length / 2;
        var lowest = new float[columns];
        var highest = new float[columns];
        lowest.AsSpan().Fill(float.PositiveInfinity);
        highest.AsSpan().Fill(float.NegativeInfinity);
        ref float low = ref MemoryMarshal.GetArrayDataReference(lowest);
        ref float high = ref MemoryMarshal.GetArrayDataReference(highest);
        for (int start = 0; start < rows.Length; start += columns)
        {
            ref float row = ref MemoryMarshal.GetReference(rows.Slice(start, columns));
            int j = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                for (; j <= columns - 8; j += 8)
                {
                    var cells = Vector256.LoadUnsafe(ref row, (nuint)j);
                    Vector256.Min(Vector256.LoadUnsafe(ref low, (nuint)j), cells).StoreUnsafe(ref low, (nuint)j);
                    Vector256.Max(Vector256.LoadUnsafe(ref high, (nuint)j), cells).StoreUnsafe(ref high, (nuint)j);
                }
            }

            for (; j < columns; j++)
            {
                lowest[j] = Math.Min(lowest[j], Unsafe.Add(ref row, j));
                highest[j] = Math.Max(highest[j], Unsafe.Add(ref row, j));
            }
        }

        for (int j = 0; j < columns; j++)
        {
            // Plus zero turns minus zero into zero, so that the sign of a zero cannot depend on the width of the vectors.
            extremes[j] = Math.Min(extremes[j], lowest[j]) + 0.0;
            extremes[columns + j] = Math.Min(extremes[columns + j], -(double)highest[j]) + 0.0;
        }
    }
}
