using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Simd;

/// <summary>Two doubles: SSE and NEON.</summary>
internal readonly unsafe struct DoubleLanes2(Vector128<double> value) : IDoubleLanes<DoubleLanes2>
{
    private readonly Vector128<double> _value = value;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Load(double* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Broadcast(double* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 MultiplyAdd(DoubleLanes2 left, DoubleLanes2 right, DoubleLanes2 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Add(DoubleLanes2 left, DoubleLanes2 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 WidenAndSubtract(float* source, double* subtrahend) =>
        new(Vector128.Create(source[0], (double)source[1]) - Vector128.Load(subtrahend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes2 value, double* destination) => value._value.Store(destination);
}
