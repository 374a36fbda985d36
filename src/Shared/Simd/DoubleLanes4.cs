using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Simd;

/// <summary>Four doubles: AVX2.</summary>
internal readonly unsafe struct DoubleLanes4(Vector256<double> value) : IDoubleLanes<DoubleLanes4>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Broadcast(double* source) => new(Vector256.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 MultiplyAdd(DoubleLanes4 left, DoubleLanes4 right, DoubleLanes4 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Add(DoubleLanes4 left, DoubleLanes4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 WidenAndSubtract(float* source, double* subtrahend) =>
        new(Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe()) - Vector256.Load(subtrahend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes4 value, double* destination) => value._value.Store(destination);
}
