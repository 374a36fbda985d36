using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnomalyKit.Profiles;

/// <summary>Sorts numbers by their bits, 9 or 11 at a time, in linear time whatever their order; bits that all numbers share cost nothing.</summary>
internal static class SketchSort
{
    private const int FewBits = 9;
    private const int ManyBits = 11;
    private const int ManyValues = 4096;

    /// <param name="values">Numbers without NaN; sorted.</param>
    /// <param name="scratch">As many; its content is lost.</param>
    public static void Sort(Span<double> values, Span<double> scratch)
    {
        var keys = MemoryMarshal.Cast<double, ulong>(values);
        ulong set = 0;
        foreach (ulong key in keys)
            set |= key;
        // Negative numbers have all bits turned, others their sign: so unsigned order is the order of the numbers. Last bits that are 0 in all numbers,
        // as 29 are in values that were float32, stay so: turned in negative ones alone they would vary, and cost their passes.
        ulong used = set == 0 ? 0 : ~0UL << BitOperations.TrailingZeroCount(set);
        for (int i = 0; i < keys.Length; i++)
            keys[i] ^= ((ulong)((long)keys[i] >> 63) & used) | (1UL << 63);
        SortKeys(keys, MemoryMarshal.Cast<double, ulong>(scratch[..values.Length]));
        for (int i = 0; i < keys.Length; i++)
            keys[i] ^= ((ulong)~((long)keys[i] >> 63) & used) | (1UL << 63);
    }

    /// <param name="values">Numbers without NaN; sorted.</param>
    /// <param name="scratch">As many; its content is lost.</param>
    public static void Sort(Span<float> values, Span<float> scratch)
    {
        var keys = MemoryMarshal.Cast<float, uint>(values);
        uint set = 0;
        foreach (uint key in keys)
            set |= key;
        uint used = set == 0 ? 0 : ~0U << BitOperations.TrailingZeroCount(set);
        for (int i = 0; i < keys.Length; i++)
            keys[i] ^= ((uint)((int)keys[i] >> 31) & used) | (1U << 31);
        SortKeys(keys, MemoryMarshal.Cast<float, uint>(scratch[..values.Length]));
        for (int i = 0; i < keys.Length; i++)
            keys[i] ^= ((uint)~((int)keys[i] >> 31) & used) | (1U << 31);
    }

    // Compiled in full at once: before that, generic arithmetic is a call for every operation, and a fit sorts each column only once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortKeys<TKey>(Span<TKey> keys, Span<TKey> scratch)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>
    {
        var ones = TKey.Zero;
        var common = ~TKey.Zero;
        foreach (var key in keys)
        {
            ones |= key;
            common &= key;
        }

        var varying = ones ^ common;
        var from = keys;
        var to = scratch;
        int width = 8 * Unsafe.SizeOf<TKey>();
        int bits = keys.Length < ManyValues ? FewBits : ManyBits;
        Span<int> starts = stackalloc int[1 << bits];
        while (keys.Length > 1 && varying != TKey.Zero)
        {
            int shift = int.CreateTruncating(TKey.TrailingZeroCount(varying));
            varying &= shift >= width - bits ? TKey.Zero : ~TKey.Zero << (shift + bits);
            starts.Clear();
            foreach (var key in from)
                starts[int.CreateTruncating(key >> shift) & (starts.Length - 1)]++;
            int at = 0;
            for (int digit = 0; digit < starts.Length; digit++)
            {
                int count = starts[digit];
                starts[digit] = at;
                at += count;
            }

            foreach (var key in from)
                to[starts[int.CreateTruncating(key >> shift) & (starts.Length - 1)]++] = key;
            var next = from;
            from = to;
            to = next;
        }

        // Where the number of passes was odd.
        if (from != keys)
            from.CopyTo(keys);
    }
}
