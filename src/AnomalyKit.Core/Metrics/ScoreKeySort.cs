namespace AnomalyKit;

/// <summary>Sorts keys ascending: a byte-wise radix sort, in time proportional to the number of keys.</summary>
internal static class ScoreKeySort
{
    private const int Digits = sizeof(uint);
    private const int Buckets = 256;

    // Below this the four histograms cost more than comparing.
    private const int SmallestForRadix = 1024;

    /// <summary>Sorts <paramref name="keys"/> in place.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="scratch">At least as long as <paramref name="keys"/>; overwritten.</param>
    internal static void Sort(Span<uint> keys, Span<uint> scratch)
    {
        if (keys.Length < SmallestForRadix)
        {
            keys.Sort();
            return;
        }

        Span<int> counts = stackalloc int[Digits * Buckets];
        counts.Clear();
        foreach (uint key in keys)
        {
            counts[(byte)key]++;
            counts[Buckets + (byte)(key >> 8)]++;
            counts[(2 * Buckets) + (byte)(key >> 16)]++;
            counts[(3 * Buckets) + (byte)(key >> 24)]++;
        }

        Span<uint> from = keys;
        Span<uint> to = scratch[..keys.Length];
        bool inScratch = false;
        for (int digit = 0; digit < Digits; digit++)
        {
            int shift = 8 * digit;
            Span<int> next = counts.Slice(digit * Buckets, Buckets);

            // A byte that all keys share moves nothing (few distinct scores, or scores within one power of two).
            if (next[(byte)(from[0] >> shift)] == keys.Length)
                continue;

            CountsToStarts(next);
            foreach (uint key in from)
                to[next[(byte)(key >> shift)]++] = key;

            Span<uint> sorted = to;
            to = from;
            from = sorted;
            inScratch = !inScratch;
        }

        if (inScratch)
            from.CopyTo(keys);
    }

    private static void CountsToStarts(Span<int> counts)
    {
        int start = 0;
        foreach (ref int count in counts)
        {
            int size = count;
            count = start;
            start += size;
        }
    }
}
