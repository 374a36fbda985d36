using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>One float: the scalar reference.</summary>
internal readonly unsafe struct FloatLanes1(float value) : IFloatLanes<FloatLanes1>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static FloatLanes1 Load(float* source) => new(*source);

    public static FloatLanes1 Broadcast(float* source) => new(*source);

    public static FloatLanes1 Create(float value) => new(value);

    public static FloatLanes1 Add(FloatLanes1 left, FloatLanes1 right) => new(left._value + right._value);

    public static FloatLanes1 Subtract(FloatLanes1 left, FloatLanes1 right) => new(left._value - right._value);

    public static FloatLanes1 Multiply(FloatLanes1 left, FloatLanes1 right) => new(left._value * right._value);

    public static FloatLanes1 Divide(FloatLanes1 left, FloatLanes1 right) => new(left._value / right._value);

    public static FloatLanes1 MultiplyAdd(FloatLanes1 left, FloatLanes1 right, FloatLanes1 addend) =>
        new(MathF.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static FloatLanes1 Clamp(FloatLanes1 value, FloatLanes1 minimum, FloatLanes1 maximum) =>
        new(MathF.Min(MathF.Max(value._value, minimum._value), maximum._value));

    public static FloatLanes1 Scale(FloatLanes1 value, FloatLanes1 shifted) =>
        new(value._value * BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted._value) + 127) << 23));

    public static void Store(FloatLanes1 value, float* destination) => *destination = value._value;

    public static void AddWeighted(float* values, double* weights, int count, int stride, double* sums)
    {
        for (int i = 0; i < count; i += stride)
            *sums = Math.FusedMultiplyAdd(values[i], weights[i], *sums);
    }

    public static void AddRows(float** rows, long offset, double* weights, int count, double* sums)
    {
        for (int row = 0; row < count; row++)
            *sums = Math.FusedMultiplyAdd(rows[row][offset], weights[row], *sums);
    }
}

/// <summary>Four floats: SSE and NEON.</summary>
internal readonly unsafe struct FloatLanes4(Vector128<float> value) : IFloatLanes<FloatLanes4>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Broadcast(float* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Add(FloatLanes4 left, FloatLanes4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Subtract(FloatLanes4 left, FloatLanes4 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Multiply(FloatLanes4 left, FloatLanes4 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Divide(FloatLanes4 left, FloatLanes4 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 MultiplyAdd(FloatLanes4 left, FloatLanes4 right, FloatLanes4 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Clamp(FloatLanes4 value, FloatLanes4 minimum, FloatLanes4 maximum) =>
        new(Vector128.MinNative(Vector128.MaxNative(value._value, minimum._value), maximum._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Scale(FloatLanes4 value, FloatLanes4 shifted) =>
        new(value._value * ((shifted._value.AsInt32() + Vector128.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes4 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeighted(float* values, double* weights, int count, int stride, double* sums)
    {
        var first = Vector128.Load(sums);
        var second = Vector128.Load(sums + 2);
        for (nint i = 0; i < count; i += stride)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(values + i));
            first = Vector128.FusedMultiplyAdd(low, Vector128.Load(weights + i), first);
            second = Vector128.FusedMultiplyAdd(high, Vector128.Load(weights + i + 2), second);
        }

        first.Store(sums);
        second.Store(sums + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(float** rows, long offset, double* weights, int count, double* sums)
    {
        var first = Vector128.Load(sums);
        var second = Vector128.Load(sums + 2);
        for (int row = 0; row < count; row++)
        {
            var weight = Vector128.Create(weights[row]);
            var (low, high) = Vector128.Widen(Vector128.Load(rows[row] + offset));
            first = Vector128.FusedMultiplyAdd(low, weight, first);
            second = Vector128.FusedMultiplyAdd(high, weight, second);
        }

        first.Store(sums);
        second.Store(sums + 2);
    }
}

/// <summary>Eight floats: AVX2.</summary>
internal readonly unsafe struct FloatLanes8(Vector256<float> value) : IFloatLanes<FloatLanes8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Broadcast(float* source) => new(Vector256.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Add(FloatLanes8 left, FloatLanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Subtract(FloatLanes8 left, FloatLanes8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Multiply(FloatLanes8 left, FloatLanes8 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Divide(FloatLanes8 left, FloatLanes8 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 MultiplyAdd(FloatLanes8 left, FloatLanes8 right, FloatLanes8 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Clamp(FloatLanes8 value, FloatLanes8 minimum, FloatLanes8 maximum) =>
        new(Vector256.MinNative(Vector256.MaxNative(value._value, minimum._value), maximum._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Scale(FloatLanes8 value, FloatLanes8 shifted) =>
        new(value._value * ((shifted._value.AsInt32() + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes8 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeighted(float* values, double* weights, int count, int stride, double* sums)
    {
        var first = Vector256.Load(sums);
        var second = Vector256.Load(sums + 4);
        for (nint i = 0; i < count; i += stride)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(values + i));
            first = Vector256.FusedMultiplyAdd(low, Vector256.Load(weights + i), first);
            second = Vector256.FusedMultiplyAdd(high, Vector256.Load(weights + i + 4), second);
        }

        first.Store(sums);
        second.Store(sums + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(float** rows, long offset, double* weights, int count, double* sums)
    {
        var first = Vector256.Load(sums);
        var second = Vector256.Load(sums + 4);
        for (int row = 0; row < count; row++)
        {
            var weight = Vector256.Create(weights[row]);
            var (low, high) = Vector256.Widen(Vector256.Load(rows[row] + offset));
            first = Vector256.FusedMultiplyAdd(low, weight, first);
            second = Vector256.FusedMultiplyAdd(high, weight, second);
        }

        first.Store(sums);
        second.Store(sums + 4);
    }
}

/// <summary>Sixteen floats: AVX-512.</summary>
internal readonly unsafe struct FloatLanes16(Vector512<float> value) : IFloatLanes<FloatLanes16>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Broadcast(float* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Add(FloatLanes16 left, FloatLanes16 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Subtract(FloatLanes16 left, FloatLanes16 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Multiply(FloatLanes16 left, FloatLanes16 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Divide(FloatLanes16 left, FloatLanes16 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 MultiplyAdd(FloatLanes16 left, FloatLanes16 right, FloatLanes16 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Clamp(FloatLanes16 value, FloatLanes16 minimum, FloatLanes16 maximum) =>
        new(Vector512.MinNative(Vector512.MaxNative(value._value, minimum._value), maximum._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Scale(FloatLanes16 value, FloatLanes16 shifted) =>
        new(value._value * ((shifted._value.AsInt32() + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes16 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeighted(float* values, double* weights, int count, int stride, double* sums)
    {
        var first = Vector512.Load(sums);
        var second = Vector512.Load(sums + 8);
        for (nint i = 0; i < count; i += stride)
        {
            var (low, high) = Vector512.Widen(Vector512.Load(values + i));
            first = Vector512.FusedMultiplyAdd(low, Vector512.Load(weights + i), first);
            second = Vector512.FusedMultiplyAdd(high, Vector512.Load(weights + i + 8), second);
        }

        first.Store(sums);
        second.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(float** rows, long offset, double* weights, int count, double* sums)
    {
        var first = Vector512.Load(sums);
        var second = Vector512.Load(sums + 8);
        for (int row = 0; row < count; row++)
        {
            var weight = Vector512.Create(weights[row]);
            var (low, high) = Vector512.Widen(Vector512.Load(rows[row] + offset));
            first = Vector512.FusedMultiplyAdd(low, weight, first);
            second = Vector512.FusedMultiplyAdd(high, weight, second);
        }

        first.Store(sums);
        second.Store(sums + 8);
    }
}
