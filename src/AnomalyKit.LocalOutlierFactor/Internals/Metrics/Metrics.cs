using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.LocalOutlierFactor.Metrics;

/// <summary>Σ d², the squared Euclidean distance.</summary>
internal readonly struct EuclideanMetric : IMetric
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float fold, float difference) => MathF.FusedMultiplyAdd(difference, difference, fold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> fold, Vector256<float> difference) => Vector256.FusedMultiplyAdd(difference, difference, fold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> fold, Vector512<float> difference) => Vector512.FusedMultiplyAdd(difference, difference, fold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> fold, Vector256<double> difference) => Vector256.FusedMultiplyAdd(difference, difference, fold);

    public static double Join(double left, double right) => left + right;

    public static double Distance(double fold) => Math.Sqrt(fold);

    public static double Fold(double distance) => distance * distance;
}

/// <summary>Σ |d|.</summary>
internal readonly struct ManhattanMetric : IMetric
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float fold, float difference) => fold + MathF.Abs(difference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> fold, Vector256<float> difference) => fold + Vector256.Abs(difference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> fold, Vector512<float> difference) => fold + Vector512.Abs(difference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> fold, Vector256<double> difference) => fold + Vector256.Abs(difference);

    public static double Join(double left, double right) => left + right;

    public static double Distance(double fold) => fold;

    public static double Fold(double distance) => distance;
}

/// <summary>max |d|.</summary>
internal readonly struct ChebyshevMetric : IMetric
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float fold, float difference) => Math.Max(fold, MathF.Abs(difference));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> fold, Vector256<float> difference) => Vector256.MaxNative(fold, Vector256.Abs(difference));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> fold, Vector512<float> difference) => Vector512.MaxNative(fold, Vector512.Abs(difference));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> fold, Vector256<double> difference) => Vector256.MaxNative(fold, Vector256.Abs(difference));

    public static double Join(double left, double right) => Math.Max(left, right);

    public static double Distance(double fold) => fold;

    public static double Fold(double distance) => distance;
}
