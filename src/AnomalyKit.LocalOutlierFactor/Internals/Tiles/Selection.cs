namespace AnomalyKit.LocalOutlierFactor.Tiles;

/// <summary>Selection among packed keys: a float32 in the high half, what it belongs to in the low half.</summary>
internal static unsafe class Selection
{
    /// <summary>A key that sorts as the value does, and by the tag where values are equal.</summary>
    public static ulong Key(float value, uint tag)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return ((ulong)(bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u)) << 32) | tag;
    }

    /// <summary>Moves the key of a rank to its sorted place, smaller ones before it and larger ones behind it.</summary>
    public static void Select(ulong* keys, int count, int rank)
    {
        int low = 0;
        int high = count - 1;
        int rounds = 4 * (int.Log2(Math.Max(count, 1)) + 2);
        while (high - low > 16)
        {
            if (rounds-- == 0)
            {
                new Span<ulong>(keys + low, high - low + 1).Sort();
                return;
            }

            ulong pivot = Median(keys[low], keys[low + ((high - low) / 2)], keys[high]);
            int i = low - 1;
            int j = high + 1;
            while (true)
            {
                while (keys[++i] < pivot)
                {
                }

                while (keys[--j] > pivot)
                {
                }

                if (i >= j)
                    break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
            }

            if (rank <= j)
                high = j;
            else
                low = j + 1;
        }

        for (int i = low + 1; i <= high; i++)
        {
            ulong key = keys[i];
            int at = i;
            for (; at > low && keys[at - 1] > key; at--)
                keys[at] = keys[at - 1];
            keys[at] = key;
        }
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
