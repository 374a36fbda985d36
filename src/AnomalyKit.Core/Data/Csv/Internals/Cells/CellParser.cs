using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Csv;

/// <summary>Parses a cell to the double nearest to its text, as <see cref="double.Parse(string)"/> does, several times faster.</summary>
/// <remarks>
/// Plain decimals of up to 19 digits, with or without an exponent, are whole numbers of 64 bits times a power of ten. Where both are
/// doubles, one rounded operation is exact: W. D. Clinger, <i>How to read floating point numbers accurately</i>, PLDI 1990. Otherwise the
/// product with a power of five of 128 bits decides: D. Lemire, <i>Number parsing at a gigabyte per second</i>, Software: Practice and
/// Experience 51 (2021). Everything else goes to the reference.
/// </remarks>
internal static class CellParser
{
    private const int LowestPower = -27;
    private const int HighestPower = 22;

    internal static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>For every power of five, its first 128 bits: the higher half, then the lower.</summary>
    private static readonly ulong[] PowersOfFive = MakePowersOfFive();

    /// <summary>The same result, bit by bit, as <see cref="Reference"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value) => TryParse(text, out value, out _);

    /// <summary>The same result, bit by bit, as <see cref="Reference"/>, and what it leaves out.</summary>
    /// <param name="text">The text of a cell.</param>
    /// <param name="value">The double nearest to the number in the text.</param>
    /// <param name="rest">The number minus <paramref name="value"/>, where the digits of the number without its point exceed 2⁵³; else 0.
    /// Exact for whole numbers, otherwise to about a thousandth of the double's last bit.</param>
    /// <returns>Whether the text is a number. NaN and infinity pass here.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value, out double rest)
    {
        rest = 0;
        int i = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
            i = 1;
        ulong digits = 0;
        int start = i;
        ReadDigits(text, ref i, ref digits);
        int count = i - start;
        int power = 0;
        if (i < text.Length && text[i] == '.')
        {
            start = ++i;
            ReadDigits(text, ref i, ref digits);
            power = start - i;
            count -= power;
        }

        // 19 digits cannot overflow 64 bits. Leading zeros count as digits here, which only sends rare cells the long way.
        if (count is > 0 and <= 19 && (i == text.Length || TryReadExponent(text[i..], ref power)) && TryScale(digits, power, out value, out rest))
        {
            if (negative)
            {
                value = -value;
                rest = -rest;
            }

            return true;
        }

        // Padding and a plus sign are rare: the same again without them.
        var bare = text.Trim(" \t\r\n\v\f");
        if (bare.Length > 1 && bare[0] == '+' && (char.IsAsciiDigit(bare[1]) || bare[1] == '.'))
            bare = bare[1..];
        if (bare.Length < text.Length)
            return TryParse(bare, out value, out rest);
        bool parsed = Reference(text, out value);
        rest = parsed && count > 19 && double.IsFinite(value) ? RestOfManyDigits(text, value) : 0;
        return parsed;
    }

    /// <summary>The definition: what double.Parse makes of the text in the invariant culture. NaN and infinity pass here.</summary>
    public static bool Reference(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>digits × 10^power, rounded to the nearest double, ties to even.</summary>
    /// <returns>False where that takes a longer way.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryScale(ulong digits, int power, out double value)
    {
        if (digits <= 1UL << 53 && power is >= -22 and <= 0)
        {
            value = digits / PowersOfTen[-power];
            return true;
        }

        return TryScale(digits, power, out value, out _);
    }

    /// <summary>Appends the digits at a position to a number, eight at once where there are so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadDigits(ReadOnlySpan<char> text, ref int i, ref ulong digits)
    {
        while (text.Length - i >= 8 && BitConverter.IsLittleEndian && TryReadEight(text[i..], out uint eight))
        {
            digits = (digits * 100_000_000) + eight;
            i += 8;
        }

        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9)
                break;
            digits = (digits * 10) + digit;
        }
    }

    /// <summary>Reads eight digits: as bytes of one word they are joined to pairs, pairs to fours, fours to eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadEight(ReadOnlySpan<char> text, out uint number)
    {
        var digits = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text[..8]))) - Vector128.Create((ushort)'0');
        number = 0;
        if (Vector128.GreaterThanAny(digits, Vector128.Create((ushort)9)))
            return false;
        ulong word = Vector128.Narrow(digits, digits).AsUInt64().ToScalar();
        word = (word * 10) + (word >> 8);
        const ulong Pair = 0x0000_00FF_0000_00FF;
        number = (uint)((((word & Pair) * 0x000F_4240_0000_0064) + (((word >> 16) & Pair) * 0x0000_2710_0000_0001)) >> 32);
        return true;
    }

    /// <summary>Reads an exponent of one or two digits up to the end of the text.</summary>
    private static bool TryReadExponent(ReadOnlySpan<char> text, ref int power)
    {
        if (text.Length < 2 || (text[0] | 0x20) != 'e')
            return false;
        bool negative = text[1] == '-';
        text = text[(negative || text[1] == '+' ? 2 : 1)..];
        if (text.Length is 0 or > 2)
            return false;
        int exponent = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            exponent = (exponent * 10) + (c - '0');
        }

        power += negative ? -exponent : exponent;
        return true;
    }

    /// <summary>What a double leaves out of a number of more than 19 digits, as far as its powers of ten are known here.</summary>
    private static double RestOfManyDigits(ReadOnlySpan<char> text, double value)
    {
        bool negative = text[0] == '-';
        ulong leading = 0;
        ulong following = 0;
        int leadingCount = 0;
        int followingCount = 0;
        int power = 0;
        bool pastPoint = false;
        int i = 0;
        for (; i < text.Length && (text[i] | 0x20) != 'e'; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9)
            {
                pastPoint |= text[i] == '.';
                continue;
            }

            if (leadingCount < 19)
            {
                // Zeros in front of all others are no digits of the number.
                leading = (leading * 10) + digit;
                leadingCount += leading > 0 ? 1 : 0;
                power -= pastPoint ? 1 : 0;
            }
            else
            {
                if (followingCount < 15)
                {
                    following = (following * 10) + digit;
                    followingCount++;
                }

                power += pastPoint ? 0 : 1;
            }
        }

        if ((i < text.Length && !TryReadExponent(text[i..], ref power)) || leading == 0 || !TryScale(leading, power, out double close, out double rest))
            return 0;
        rest += following / PowersOfTen[followingCount] * (close / leading);
        if (negative)
        {
            close = -close;
            rest = -rest;
        }

        // Both are the nearest doubles or their neighbours, so the difference is exact.
        return close - value + rest;
    }

    /// <summary>digits × 10^power, rounded to the nearest double, ties to even.</summary>
    private static bool TryScale(ulong digits, int power, out double value, out double rest)
    {
        rest = 0;
        if (digits <= 1UL << 53 && power is >= -22 and <= 22)
        {
            value = power < 0 ? digits / PowersOfTen[-power] : digits * PowersOfTen[power];
            return true;
        }

        value = 0;
        if (digits == 0 || power is < LowestPower or > HighestPower)
            return false;
        // The names follow the paper: w is normalised, its product with the power's 128 bits has 64 bits enough to decide, for these powers
        // always.
        int leadingZeros = BitOperations.LeadingZeroCount(digits);
        ulong w = digits << leadingZeros;
        int index = 2 * (power - LowestPower);
        ulong high = Math.BigMul(w, PowersOfFive[index], out ulong low);
        if ((high & 0x1FF) == 0x1FF)
        {
            ulong more = Math.BigMul(w, PowersOfFive[index + 1], out _);
            low += more;
            if (more > low)
                high++;
        }

        int upperBit = (int)(high >> 63);
        int shift = upperBit + 9;
        ulong mantissa = high >> shift;
        ulong floor = mantissa >> 1;
        // What lies below that, in units of 2⁻⁶⁴ of the mantissa's last bit.
        ulong fraction = (high << (63 - shift)) | (low >> (shift + 1));
        // floor(power × log2(10)) by a multiplication; the exponents of all powers here are far from subnormal and infinite.
        int exponent = ((217706 * power) >> 16) + 63 + upperBit - leadingZeros + 1023;
        // Exactly half way between two doubles: to the even one.
        if (low <= 1 && power is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high)
            mantissa &= ~1UL;
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        // The mantissa's last bit lies 52 places below its first; no power here comes near the subnormal numbers.
        rest = (((long)(fraction >> 1) * (1.0 / (1UL << 63))) - (mantissa - floor)) * BitConverter.UInt64BitsToDouble((ulong)(exponent - 52) << 52);
        if (mantissa >= 2UL << 52)
        {
            mantissa = 1UL << 52;
            exponent++;
        }

        value = BitConverter.UInt64BitsToDouble((mantissa & ((1UL << 52) - 1)) | ((ulong)exponent << 52));
        return true;
    }

    private static ulong[] MakePowersOfFive()
    {
        var table = new ulong[2 * (HighestPower - LowestPower + 1)];
        for (int power = LowestPower; power <= HighestPower; power++)
        {
            // Positive powers are exact, reciprocals rounded up.
            var five = BigInteger.Pow(5, Math.Abs(power));
            int bits = (int)five.GetBitLength();
            var leading = power >= 0 ? five << (128 - bits) : (BigInteger.One << (bits + 127)) / five + 1;
            table[2 * (power - LowestPower)] = (ulong)(leading >> 64);
            table[(2 * (power - LowestPower)) + 1] = (ulong)(leading & ulong.MaxValue);
        }

        return table;
    }
}
