using System.Buffers;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Finds which distances are the h smallest: everything below a bound, and of those equal to it the first ones.</summary>
internal static class SmallestDistances
{
    // Below this, counting costs more than it saves.
    private const int CountingLength = 16_384;

    // Sign, exponent and four bits of the fraction: sixteen bins an octave.
    private const int Shift = 48;

    /// <summary>The h-th smallest distance, and how many of the distances equal to it belong to the h smallest.</summary>
    /// <param name="distances">Non-negative numbers.</param>
    /// <param name="h">From 1 to their number.</param>
    public static (double Bound, int Ties) Find(ReadOnlySpan<double> distances, int h)
    {
        double[] scratch = ArrayPool<double>.Shared.Rent(distances.Length);
        try
        {
            int rank = h - 1;
            Span<double> candidates;
            if (distances.Length < CountingLength)
            {
                distances.CopyTo(scratch);
                candidates = scratch.AsSpan(0, distances.Length);
            }
            else
            {
                candidates = Bin(distances, ref rank, scratch);
            }

            double bound = Select(candidates, rank);
            int below = 0;
            foreach (double distance in distances)
                below += distance < bound ? 1 : 0;
            return (bound, h - below);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>The value of a zero-based rank; the values are reordered.</summary>
    public static double Select(Span<double> values, int rank)
    {
        int low = 0;
        int high = values.Length - 1;
        int rounds = 4 * (int.Log2(values.Length) + 1);
        while (high - low > 16 && rounds-- > 0)
        {
            double a = values[low];
            double b = values[low + ((high - low) / 2)];
            double c = values[high];
            double pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            int i = low;
            int j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
                high = j;
            else if (rank >= i)
                low = i;
            else
                return values[rank];
        }

        values[low..(high + 1)].Sort();
        return values[rank];
    }

    private static Span<double> Bin(ReadOnlySpan<double> distances, scoped ref int rank, double[] scratch)
    {
        int[] counts = ArrayPool<int>.Shared.Rent(1 << 16);
        counts.AsSpan(0, 1 << 16).Clear();
        foreach (double distance in distances)
            counts[(int)(BitConverter.DoubleToUInt64Bits(distance) >> Shift)]++;
        int bin = 0;
        while (rank >= counts[bin])
            rank -= counts[bin++];
        ArrayPool<int>.Shared.Return(counts);
        int length = 0;
        foreach (double distance in distances)
        {
            if ((int)(BitConverter.DoubleToUInt64Bits(distance) >> Shift) == bin)
                scratch[length++] = distance;
        }

        return scratch.AsSpan(0, length);
    }
}
