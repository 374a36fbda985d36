using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Turns sums of path lengths into scores: 2^(−mean path length / c(ψ)).</summary>
/// <remarks>
/// The power of two is our own: a polynomial and the exponent's bits, the same operations in the same order in every lane and without fused
/// multiply-add, so that scores are the same to the bit on every machine. Its relative error is below 10⁻⁹, less than float32 can hold.
/// </remarks>
internal static class PathLengthScore
{
    // Taylor's coefficients of 2^f = e^(f·ln 2); |f| ≤ 1/2 makes the first term left out smaller than 2e-10.
    private const double C1 = 0.69314718055994530942;
    private const double C2 = 0.24022650695910071233;
    private const double C3 = 0.05550410866482157995;
    private const double C4 = 0.00961812910762847716;
    private const double C5 = 0.00133335581464284434;
    private const double C6 = 0.00015403530393381609;
    private const double C7 = 0.00001525273380405984;
    private const double C8 = 0.00000132154867901443;

    /// <summary>The coefficients of f, f², … f⁸ in 2^f, for those who compute it elsewhere.</summary>
    public static ReadOnlySpan<double> Coefficients => [C1, C2, C3, C4, C5, C6, C7, C8];

    // Added and taken away again, it rounds to the nearest whole number and leaves that number in the low bits.
    private const double Rounder = 6755399441055744.0;

    public static void FromSums(ReadOnlySpan<double> sums, double factor, Span<float> scores)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= sums.Length - 8; i += 8)
            {
                var low = PowerOfTwo(Vector256.Create(sums[i..]) * Vector256.Create(-factor));
                var high = PowerOfTwo(Vector256.Create(sums[(i + 4)..]) * Vector256.Create(-factor));
                Vector256.Narrow(low, high).CopyTo(scores[i..]);
            }
        }

        for (; i < sums.Length; i++)
            scores[i] = (float)PowerOfTwo(sums[i] * -factor);
    }

    /// <summary>2^x for −1000 &lt; x &lt; 1000.</summary>
    public static double PowerOfTwo(double x)
    {
        double shifted = x + Rounder;
        double f = x - (shifted - Rounder);
        double power = 1 + (f * (C1 + (f * (C2 + (f * (C3 + (f * (C4 + (f * (C5 + (f * (C6 + (f * (C7 + (f * C8)))))))))))))));
        return power * BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(shifted) + 1023) << 52);
    }

    private static Vector256<double> PowerOfTwo(Vector256<double> x)
    {
        var rounder = Vector256.Create(Rounder);
        var shifted = x + rounder;
        var f = x - (shifted - rounder);
        var power = (f * Vector256.Create(C8)) + Vector256.Create(C7);
        power = (power * f) + Vector256.Create(C6);
        power = (power * f) + Vector256.Create(C5);
        power = (power * f) + Vector256.Create(C4);
        power = (power * f) + Vector256.Create(C3);
        power = (power * f) + Vector256.Create(C2);
        power = (power * f) + Vector256.Create(C1);
        power = (power * f) + Vector256<double>.One;
        return power * ((shifted.AsInt64() + Vector256.Create(1023L)) << 52).AsDouble();
    }
}
