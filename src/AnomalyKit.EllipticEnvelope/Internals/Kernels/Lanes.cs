using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>One double: the scalar reference.</summary>
internal readonly unsafe struct Lanes1(double value) : ILanes<Lanes1>
{
    private readonly double _value = value;

    public static int Count => 1;

    public static Lanes1 Load(double* source) => new(*source);

    public static Lanes1 Broadcast(double* source) => new(*source);

    public static Lanes1 MultiplyAdd(Lanes1 left, Lanes1 right, Lanes1 addend) =>
        new(Math.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static Lanes1 Add(Lanes1 left, Lanes1 right) => new(left._value + right._value);

    public static Lanes1 WidenAndSubtract(float* source, double* subtrahend) => new(*source - *subtrahend);

    public static void Store(Lanes1 value, double* destination) => *destination = value._value;
}

/// <summary>Two doubles: SSE and NEON.</summary>
internal readonly unsafe struct Lanes2(Vector128<double> value) : ILanes<Lanes2>
{
    private readonly Vector128<double> _value = value;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Load(double* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Broadcast(double* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 MultiplyAdd(Lanes2 left, Lanes2 right, Lanes2 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Add(Lanes2 left, Lanes2 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 WidenAndSubtract(float* source, double* subtrahend) =>
        new(Vector128.Create(source[0], (double)source[1]) - Vector128.Load(subtrahend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes2 value, double* destination) => value._value.Store(destination);
}

/// <summary>Four doubles: AVX2.</summary>
internal readonly unsafe struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Broadcast(double* source) => new(Vector256.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 left, Lanes4 right, Lanes4 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Add(Lanes4 left, Lanes4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 WidenAndSubtract(float* source, double* subtrahend) =>
        new(Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe()) - Vector256.Load(subtrahend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, double* destination) => value._value.Store(destination);
}

/// <summary>Eight doubles: AVX-512.</summary>
internal readonly unsafe struct Lanes8(Vector512<double> value) : ILanes<Lanes8>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Broadcast(double* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 left, Lanes8 right, Lanes8 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Add(Lanes8 left, Lanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 WidenAndSubtract(float* source, double* subtrahend) =>
        new(Vector512.WidenLower(Vector256.Load(source).ToVector512Unsafe()) - Vector512.Load(subtrahend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 value, double* destination) => value._value.Store(destination);
}
