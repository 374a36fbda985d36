using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Metrics;

/// <summary>What decides: the fold of two rows' differences in double, from the float32 cells as they are.</summary>
internal static unsafe class ExactFold
{
    /// <summary>Rows are padded with zeros to a multiple of this many columns.</summary>
    public const int Padding = 4;

    /// <summary>The length of a padded row.</summary>
    public static int Stride(int columns) => Blocks.RoundUp(columns, Padding);

    /// <summary>Four chains, column i in chain i mod 4, joined as a fixed tree: the same bits on every machine, and the same for (a, b) and (b, a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of<TMetric>(float* left, float* right, int stride)
        where TMetric : IMetric
    {
        var fold = Vector256<double>.Zero;
        for (int i = 0; i < stride; i += Padding)
            fold = TMetric.Add(fold, Widen(left + i) - Widen(right + i));
        return TMetric.Join(TMetric.Join(fold[0], fold[2]), TMetric.Join(fold[1], fold[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* source) => Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe());
}
