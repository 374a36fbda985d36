using System.Globalization;
using System.Numerics;

namespace AnomalyKit.Tables;

/// <summary>Decimals: a whole number divided by a power of ten.</summary>
internal static class ScaledNumber
{
    private const long ExactInDouble = 1L << 53;

    /// <summary>The powers of ten that a double holds exactly.</summary>
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>The nearest double.</summary>
    public static double ToDouble(BigInteger unscaled, int scale)
    {
        // One rounding only: both operands are exact.
        if (scale >= 0 && scale < Powers.Length && unscaled >= -ExactInDouble && unscaled <= ExactInDouble)
            return (long)unscaled / Powers[scale];
        return double.Parse($"{unscaled}e{-scale}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The nearest double.</summary>
    public static double ToDouble(long unscaled, int scale) =>
        scale >= 0 && scale < Powers.Length && unscaled is >= -ExactInDouble and <= ExactInDouble
            ? unscaled / Powers[scale]
            : ToDouble((BigInteger)unscaled, scale);

    /// <summary>Every digit, with as many behind the point as the scale says.</summary>
    public static string ToText(BigInteger unscaled, int scale)
    {
        if (scale <= 0)
            return (unscaled * BigInteger.Pow(10, -scale)).ToString(CultureInfo.InvariantCulture);
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : string.Empty)}{digits[..^scale]}.{digits[^scale..]}";
    }
}
