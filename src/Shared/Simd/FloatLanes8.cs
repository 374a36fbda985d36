using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Simd;

/// <summary>Eight floats: AVX2.</summary>
internal readonly unsafe struct FloatLanes8(Vector256<float> value) : IFloatLanes<FloatLanes8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public Vector256<float> Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes8 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 MultiplyAdd(FloatLanes8 left, FloatLanes8 right, FloatLanes8 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Add(FloatLanes8 left, FloatLanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Subtract(FloatLanes8 left, FloatLanes8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Multiply(FloatLanes8 left, FloatLanes8 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Divide(FloatLanes8 left, FloatLanes8 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Sqrt(FloatLanes8 value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Min(FloatLanes8 left, FloatLanes8 right) => new(Avx.IsSupported
        ? Avx.Min(left._value, right._value)
        : Vector256.ConditionalSelect(Vector256.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 Max(FloatLanes8 left, FloatLanes8 right) => new(Avx.IsSupported
        ? Avx.Max(left._value, right._value)
        : Vector256.ConditionalSelect(Vector256.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 IfPositive(FloatLanes8 value, FloatLanes8 then, FloatLanes8 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(value._value, Vector256<float>.Zero), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 ScaleByPowerOfTwo(FloatLanes8 value, FloatLanes8 shifted) =>
        new((value._value.AsInt32() + Vector256.ShiftLeft(shifted._value.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes8 PowerOfTwo(FloatLanes8 shifted) => new(Vector256.ShiftLeft(shifted._value.AsInt32() + Vector256.Create(127), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float* rows, int stride, out FloatLanes8 first, out FloatLanes8 second, out FloatLanes8 third, out FloatLanes8 fourth)
    {
        if (!Avx.IsSupported)
        {
            FloatLanes4.LoadColumns(rows, stride, out var first0, out var second0, out var third0, out var fourth0);
            FloatLanes4.LoadColumns(rows + (4 * stride), stride, out var first1, out var second1, out var third1, out var fourth1);
            first = new(Vector256.Create(first0.Value, first1.Value));
            second = new(Vector256.Create(second0.Value, second1.Value));
            third = new(Vector256.Create(third0.Value, third1.Value));
            fourth = new(Vector256.Create(fourth0.Value, fourth1.Value));
            return;
        }

        // Rows 0 to 3 in the lower half and 4 to 7 in the upper one; then each half is a 4 x 4 transpose.
        float* lower = rows + (4 * stride);
        var a = Halves(rows, lower);
        var b = Halves(rows + stride, lower + stride);
        var c = Halves(rows + (2 * stride), lower + (2 * stride));
        var d = Halves(rows + (3 * stride), lower + (3 * stride));
        var ab = Avx.UnpackLow(a, b).AsDouble();
        var cd = Avx.UnpackLow(c, d).AsDouble();
        first = new(Avx.UnpackLow(ab, cd).AsSingle());
        second = new(Avx.UnpackHigh(ab, cd).AsSingle());
        ab = Avx.UnpackHigh(a, b).AsDouble();
        cd = Avx.UnpackHigh(c, d).AsDouble();
        third = new(Avx.UnpackLow(ab, cd).AsSingle());
        fourth = new(Avx.UnpackHigh(ab, cd).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) =>
        Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);
}
