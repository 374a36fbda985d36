using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Numerics;

/// <summary>Sums in an order of their own: the same to the bit whatever the width of a processor's vectors is, which those of <see cref="System.Numerics.Tensors.TensorPrimitives"/> are not.</summary>
internal static class FixedSum
{
    private const int Lanes = 4;

    /// <summary>One after the other.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    /// <summary>Σ aᵢ bᵢ: four sums of every fourth product, added up at the end.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var others = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var sums = Vector256<double>.Zero;
        for (int i = 0; i < fours.Length; i++)
            sums += fours[i] * others[i];
        double sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (int i = fours.Length * Lanes; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
