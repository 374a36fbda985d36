using System.Globalization;
using System.Numerics;

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

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>For every power of five, its first 128 bits: the higher half, then the lower.</summary>
    private static readonly ulong[] PowersOfFive = MakePowersOfFive();

    /// <summary>The same result, bit by bit, as <see cref="Reference"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        int i = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
            i = 1;
        ulong digits = 0;
        int start = i;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9)
                break;
            digits = (digits * 10) + digit;
        }

        int count = i - start;
        int power = 0;
        if (i < text.Length && text[i] == '.')
        {
            start = ++i;
            for (; i < text.Length; i++)
            {
                uint digit = (uint)text[i] - '0';
                if (digit > 9)
                    break;
                digits = (digits * 10) + digit;
            }

            power = start - i;
            count -= power;
        }

        // 19 digits cannot overflow 64 bits. Leading zeros count as digits here, which only sends rare cells the long way.
        if (count is > 0 and <= 19 && (i == text.Length || TryReadExponent(text[i..], ref power)) && TryScale(digits, power, out value))
        {
            if (negative)
                value = -value;
            return true;
        }

        return Reference(text, out value);
    }

    /// <summary>The definition: what double.Parse makes of the text in the invariant culture. NaN and infinity pass here.</summary>
    public static bool Reference(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

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

    /// <summary>digits × 10^power, rounded to the nearest double, ties to even.</summary>
    private static bool TryScale(ulong digits, int power, out double value)
    {
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
        // floor(power × log2(10)) by a multiplication; the exponents of all powers here are far from subnormal and infinite.
        int exponent = ((217706 * power) >> 16) + 63 + upperBit - leadingZeros + 1023;
        // Exactly half way between two doubles: to the even one.
        if (low <= 1 && power is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high)
            mantissa &= ~1UL;
        mantissa = (mantissa + (mantissa & 1)) >> 1;
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
