using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Simd;

/// <summary>Eight doubles: AVX-512.</summary>
internal readonly unsafe struct DoubleLanes8(Vector512<double> value) : IDoubleLanes<DoubleLanes8>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Broadcast(double* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 MultiplyAdd(DoubleLanes8 left, DoubleLanes8 right, DoubleLanes8 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Add(DoubleLanes8 left, DoubleLanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 WidenAndSubtract(float* source, double* subtrahend) =>
        new(Vector512.WidenLower(Vector256.Load(source).ToVector512Unsafe()) - Vector512.Load(subtrahend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes8 value, double* destination) => value._value.Store(destination);
}
