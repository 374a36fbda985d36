using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Csv;

/// <summary>Reads plain decimals where they stand in ASCII text, without knowing beforehand where they end. The doubles are those of <see cref="CellParser"/>.</summary>
/// <remarks>
/// Eight bytes are looked at at once: how many of them are digits follows from one sum, and as many become a number by three multiplications (D. Lemire, <i>Number parsing at a gigabyte per
/// second</i>, Software: Practice and Experience 51, 2021). Lengths and signs differ from cell to cell, so that little depends on branches on them. With AVX2, <see cref="ReadLanes"/> looks at all
/// bytes of a number at once.
/// </remarks>
internal static partial class NumberBytes
{
    // A number of so many digits fits 64 bits.
    private const int MostDigits = 19;
    private const int WordBytes = sizeof(ulong);

    /// <summary>More bytes than are looked at: a sign, a word, a point, two words, and one behind them.</summary>
    private const int Window = 32;

    private static ReadOnlySpan<ulong> Tens =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
    ];

    /// <summary>Reads a number: a minus sign or none, digits with a point or without one, an exponent of at most two digits or none. It begins with a sign, a digit or the point and ends in a digit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the number begins, within the text or at its end.</param>
    /// <param name="value">The double nearest to it.</param>
    /// <returns>The position behind it; −1 where there is no such number, or one that takes a longer way. What stands there may still belong to the cell.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> text, int start, out double value)
    {
        int length;
        if (text.Length - start < Window)
        {
            length = ReadNearEnd(text, start, out double near);
            value = near;
        }
        else
        {
            ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), start);
            length = Avx2.IsSupported && start >= LaneBytes ? ReadLanes(ref first, out value) : ReadByWords(ref first, out value);
        }

        return length > 0 ? start + length : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadNearEnd(ReadOnlySpan<byte> text, int start, out double value)
    {
        Span<byte> window = stackalloc byte[2 * Window];
        window.Clear();
        text[start..].CopyTo(window);
        return ReadWords(ref MemoryMarshal.GetReference(window), out value);
    }

    /// <summary>Reads a number at the start of a window of bytes: at most 8 digits before the point and 16 behind it here, others by <see cref="ReadLong"/>.</summary>
    /// <returns>How long it is; 0 where there is none that can be read.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int ReadWords(ref byte text, out double value)
    {
        // Signs follow no pattern, so nothing branches on them.
        int sign = Unsafe.BitCast<bool, byte>(text == '-');
        int at = sign;
        ulong digits;
        int count = 1;
        // Most fractions have one digit before the point.
        if (At(ref text, at + 1) == '.' && (uint)(At(ref text, at) - '0') <= 9)
        {
            digits = (ulong)(At(ref text, at) - '0');
        }
        else
        {
            ulong word = Word(ref text, at);
            count = DigitCount(word);
            digits = Leading(word, count);
        }

        at += count;
        int power = 0;
        if (At(ref text, at) == '.')
        {
            at++;
            ulong first = Word(ref text, at);
            int fraction = DigitCount(first);
            if (fraction < WordBytes)
            {
                digits = (digits * Tens[fraction]) + Leading(first, fraction);
                // A point without digits behind it is left to the long way.
                count = fraction == 0 ? 0 : count + fraction;
            }
            else
            {
                ulong second = Word(ref text, at + WordBytes);
                int more = DigitCount(second);
                fraction += more;
                digits = (digits * Tens[fraction]) + (Joined(first) * Tens[more]) + Leading(second, more);
                count += fraction;
            }

            at += fraction;
            power = -fraction;
        }

        byte behind = At(ref text, at);
        if (count is 0 or > MostDigits || (uint)(behind - '0') <= 9 || (behind | 0x20) == 'e')
            return ReadLong(ref text, out value);
        if (!CellParser.TryScale(digits, power, out double scaled))
        {
            value = 0;
            return 0;
        }

        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(scaled) | ((ulong)sign << 63));
        return at;
    }

    /// <summary>Reads a number digit by digit: long ones, and those with an exponent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadLong(ref byte text, out double value)
    {
        value = 0;
        ulong digits = 0;
        int count = 0;
        int power = 0;
        bool isPastPoint = false;
        int at = text == '-' ? 1 : 0;
        for (; ; at++)
        {
            uint digit = At(ref text, at) - (uint)'0';
            if (digit <= 9)
            {
                // Leading zeros count here, which only sends rare cells the long way.
                if (++count > MostDigits)
                    return 0;
                digits = (digits * 10) + digit;
                power -= isPastPoint ? 1 : 0;
            }
            else if (At(ref text, at) == '.' && !isPastPoint)
            {
                isPastPoint = true;
            }
            else
            {
                break;
            }
        }

        if (count == 0 || (isPastPoint && power == 0))
            return 0;
        if ((At(ref text, at) | 0x20) == 'e')
        {
            bool isNegative = At(ref text, ++at) == '-';
            if (isNegative || At(ref text, at) == '+')
                at++;
            int first = at;
            int exponent = 0;
            for (; at - first < 2 && (uint)(At(ref text, at) - '0') <= 9; at++)
                exponent = (exponent * 10) + (At(ref text, at) - '0');
            if (at == first)
                return 0;
            power += isNegative ? -exponent : exponent;
        }

        if (!CellParser.TryScale(digits, power, out value))
            return 0;
        value = text == '-' ? -value : value;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte At(ref byte text, int at) => Unsafe.Add(ref text, at);

    /// <summary>Eight bytes as a word whose lowest byte is the first; a digit is its number there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte text, int at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
        return (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)) ^ 0x3030_3030_3030_3030;
    }

    /// <summary>How many digits a word begins with.</summary>
    /// <remarks>What is no digit gets its highest bit set; what a sum carries on only touches bytes behind that one.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DigitCount(ulong word) => BitOperations.TrailingZeroCount(((word + 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080) >> 3;

    /// <summary>The number that the first digits of a word make.</summary>
    /// <remarks>Zeros go in front of them, and what stands behind them goes out: in two steps, because a shift by all 64 bits is none.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Leading(ulong word, int count) => Joined(word << (32 - (4 * count)) << (32 - (4 * count)));

    /// <summary>The number that eight digits make: they are joined to pairs, pairs to fours, fours to eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Joined(ulong word)
    {
        const ulong Pair = 0x0000_00FF_0000_00FF;
        word = (word * 10) + (word >> 8);
        return (uint)((((word & Pair) * 0x000F_4240_0000_0064) + (((word >> 16) & Pair) * 0x0000_2710_0000_0001)) >> 32);
    }
}
