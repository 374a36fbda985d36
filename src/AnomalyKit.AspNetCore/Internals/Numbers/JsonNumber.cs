using System.Text.Json;

namespace AnomalyKit.Serving.Numbers;

/// <summary>Reads a number of JSON.</summary>
internal static class JsonNumber
{
    // 2^53: whole numbers up to here, and these powers of ten, are exact as doubles, so that one multiplication or division of them rounds once, which is what a parser must do.
    private const ulong MaxExact = 1UL << 53;

    private static ReadOnlySpan<double> Powers =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>The number that a reader stands on, correctly rounded.</summary>
    /// <returns>Whether it lies within the range of doubles.</returns>
    public static bool TryGet(ref Utf8JsonReader reader, out double value)
    {
        if (!reader.HasValueSequence && TryParsePlain(reader.ValueSpan, out value))
            return true;
        return reader.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>A number without exponent and with at most 19 digits, as most are.</summary>
    /// <param name="text">A number as JSON writes it.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False for any other number.</returns>
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool isNegative = !text.IsEmpty && text[0] == '-';
        int start = isNegative ? 1 : 0;
        if (text.Length - start > 20)
            return false;
        ulong digits = 0;
        int point = -1;
        for (int i = start; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
                digits = (10 * digits) + digit;
            else if (text[i] == '.')
                point = i;
            else
                return false;
        }

        // 20 characters with a point are 19 digits at most, which fit; 20 digits may have wrapped around.
        if (digits > MaxExact || (point < 0 && text.Length - start > 19))
            return false;
        double whole = digits;
        if (point >= 0)
            whole /= Powers[text.Length - point - 1];
        value = isNegative ? -whole : whole;
        return true;
    }
}
