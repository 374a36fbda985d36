using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Simd;

/// <summary>Four floats: SSE and NEON.</summary>
internal readonly unsafe struct FloatLanes4(Vector128<float> value) : IFloatLanes<FloatLanes4>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    public Vector128<float> Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes4 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 MultiplyAdd(FloatLanes4 left, FloatLanes4 right, FloatLanes4 addend) =>
        new(FloatFusion.MultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Add(FloatLanes4 left, FloatLanes4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Subtract(FloatLanes4 left, FloatLanes4 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Multiply(FloatLanes4 left, FloatLanes4 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Divide(FloatLanes4 left, FloatLanes4 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Sqrt(FloatLanes4 value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Min(FloatLanes4 left, FloatLanes4 right) => new(Sse.IsSupported
        ? Sse.Min(left._value, right._value)
        : Vector128.ConditionalSelect(Vector128.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 Max(FloatLanes4 left, FloatLanes4 right) => new(Sse.IsSupported
        ? Sse.Max(left._value, right._value)
        : Vector128.ConditionalSelect(Vector128.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 IfPositive(FloatLanes4 value, FloatLanes4 then, FloatLanes4 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(value._value, Vector128<float>.Zero), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 ScaleByPowerOfTwo(FloatLanes4 value, FloatLanes4 shifted) =>
        new((value._value.AsInt32() + Vector128.ShiftLeft(shifted._value.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes4 PowerOfTwo(FloatLanes4 shifted) => new(Vector128.ShiftLeft(shifted._value.AsInt32() + Vector128.Create(127), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float* rows, int stride, out FloatLanes4 first, out FloatLanes4 second, out FloatLanes4 third, out FloatLanes4 fourth)
    {
        if (!Sse.IsSupported)
        {
            first = new(Column(rows, stride));
            second = new(Column(rows + 1, stride));
            third = new(Column(rows + 2, stride));
            fourth = new(Column(rows + 3, stride));
            return;
        }

        var a = Vector128.Load(rows);
        var b = Vector128.Load(rows + stride);
        var c = Vector128.Load(rows + (2 * stride));
        var d = Vector128.Load(rows + (3 * stride));
        var ab = Sse.UnpackLow(a, b);
        var cd = Sse.UnpackLow(c, d);
        first = new(Sse.MoveLowToHigh(ab, cd));
        second = new(Sse.MoveHighToLow(cd, ab));
        ab = Sse.UnpackHigh(a, b);
        cd = Sse.UnpackHigh(c, d);
        third = new(Sse.MoveLowToHigh(ab, cd));
        fourth = new(Sse.MoveHighToLow(cd, ab));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Column(float* cell, int stride) => Vector128.Create(cell[0], cell[stride], cell[2 * stride], cell[3 * stride]);
}
