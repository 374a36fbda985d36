using System.Numerics;
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
        if (values.Length < 2)
            return;
        var keys = MemoryMarshal.Cast<double, ulong>(values);
        ulong ones = 0;
        ulong common = ulong.MaxValue;
        for (int i = 0; i < keys.Length; i++)
        {
            // Negative numbers have all bits turned, others their sign: so unsigned order is the order of the numbers.
            ulong key = keys[i] ^ ((ulong)((long)keys[i] >> 63) | (1UL << 63));
            keys[i] = key;
            ones |= key;
            common &= key;
        }

        ulong varying = ones ^ common;
        var from = keys;
        var to = MemoryMarshal.Cast<double, ulong>(scratch[..values.Length]);
        int bits = values.Length < ManyValues ? FewBits : ManyBits;
        Span<int> starts = stackalloc int[1 << bits];
        while (varying != 0)
        {
            int shift = BitOperations.TrailingZeroCount(varying);
            varying &= shift >= 64 - bits ? 0 : ulong.MaxValue << (shift + bits);
            starts.Clear();
            foreach (ulong key in from)
                starts[(int)(key >> shift) & (starts.Length - 1)]++;
            int at = 0;
            for (int digit = 0; digit < starts.Length; digit++)
            {
                int count = starts[digit];
                starts[digit] = at;
                at += count;
            }

            foreach (ulong key in from)
                to[starts[(int)(key >> shift) & (starts.Length - 1)]++] = key;
            var next = from;
            from = to;
            to = next;
        }

        for (int i = 0; i < from.Length; i++)
        {
            // The other way round; also the copy back, where the number of passes was odd.
            ulong key = from[i];
            keys[i] = key ^ ((ulong)~((long)key >> 63) | (1UL << 63));
        }
    }

    /// <param name="values">Numbers without NaN; sorted.</param>
    /// <param name="scratch">As many; its content is lost.</param>
    public static void Sort(Span<float> values, Span<float> scratch)
    {
        if (values.Length < 2)
            return;
        var keys = MemoryMarshal.Cast<float, uint>(values);
        uint ones = 0;
        uint common = uint.MaxValue;
        for (int i = 0; i < keys.Length; i++)
        {
            uint key = keys[i] ^ ((uint)((int)keys[i] >> 31) | (1U << 31));
            keys[i] = key;
            ones |= key;
            common &= key;
        }

        uint varying = ones ^ common;
        var from = keys;
        var to = MemoryMarshal.Cast<float, uint>(scratch[..values.Length]);
        int bits = values.Length < ManyValues ? FewBits : ManyBits;
        Span<int> starts = stackalloc int[1 << bits];
        while (varying != 0)
        {
            int shift = BitOperations.TrailingZeroCount(varying);
            varying &= shift >= 32 - bits ? 0 : uint.MaxValue << (shift + bits);
            starts.Clear();
            foreach (uint key in from)
                starts[(int)(key >> shift) & (starts.Length - 1)]++;
            int at = 0;
            for (int digit = 0; digit < starts.Length; digit++)
            {
                int count = starts[digit];
                starts[digit] = at;
                at += count;
            }

            foreach (uint key in from)
                to[starts[(int)(key >> shift) & (starts.Length - 1)]++] = key;
            var next = from;
            from = to;
            to = next;
        }

        for (int i = 0; i < from.Length; i++)
        {
            uint key = from[i];
            keys[i] = key ^ ((uint)~((int)key >> 31) | (1U << 31));
        }
    }
}
