using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Simd;

/// <summary>Sixteen floats: AVX-512.</summary>
internal readonly unsafe struct FloatLanes16(Vector512<float> value) : IFloatLanes<FloatLanes16>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes16 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 MultiplyAdd(FloatLanes16 left, FloatLanes16 right, FloatLanes16 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Add(FloatLanes16 left, FloatLanes16 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Subtract(FloatLanes16 left, FloatLanes16 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Multiply(FloatLanes16 left, FloatLanes16 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Divide(FloatLanes16 left, FloatLanes16 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Sqrt(FloatLanes16 value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Min(FloatLanes16 left, FloatLanes16 right) => new(Avx512F.IsSupported
        ? Avx512F.Min(left._value, right._value)
        : Vector512.ConditionalSelect(Vector512.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 Max(FloatLanes16 left, FloatLanes16 right) => new(Avx512F.IsSupported
        ? Avx512F.Max(left._value, right._value)
        : Vector512.ConditionalSelect(Vector512.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 IfPositive(FloatLanes16 value, FloatLanes16 then, FloatLanes16 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(value._value, Vector512<float>.Zero), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 ScaleByPowerOfTwo(FloatLanes16 value, FloatLanes16 shifted) =>
        new((value._value.AsInt32() + Vector512.ShiftLeft(shifted._value.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes16 PowerOfTwo(FloatLanes16 shifted) => new(Vector512.ShiftLeft(shifted._value.AsInt32() + Vector512.Create(127), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float* rows, int stride, out FloatLanes16 first, out FloatLanes16 second, out FloatLanes16 third, out FloatLanes16 fourth)
    {
        if (!Avx512F.IsSupported)
        {
            FloatLanes8.LoadColumns(rows, stride, out var first0, out var second0, out var third0, out var fourth0);
            FloatLanes8.LoadColumns(rows + (8 * stride), stride, out var first1, out var second1, out var third1, out var fourth1);
            first = new(Vector512.Create(first0.Value, first1.Value));
            second = new(Vector512.Create(second0.Value, second1.Value));
            third = new(Vector512.Create(third0.Value, third1.Value));
            fourth = new(Vector512.Create(fourth0.Value, fourth1.Value));
            return;
        }

        // Rows 0 to 3 in the first quarter, 4 to 7 in the second and so on; then each quarter is a 4 x 4 transpose.
        var a = Quarters(rows, stride);
        var b = Quarters(rows + stride, stride);
        var c = Quarters(rows + (2 * stride), stride);
        var d = Quarters(rows + (3 * stride), stride);
        var ab = Avx512F.UnpackLow(a, b).AsDouble();
        var cd = Avx512F.UnpackLow(c, d).AsDouble();
        first = new(Avx512F.UnpackLow(ab, cd).AsSingle());
        second = new(Avx512F.UnpackHigh(ab, cd).AsSingle());
        ab = Avx512F.UnpackHigh(a, b).AsDouble();
        cd = Avx512F.UnpackHigh(c, d).AsDouble();
        third = new(Avx512F.UnpackLow(ab, cd).AsSingle());
        fourth = new(Avx512F.UnpackHigh(ab, cd).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* rows, int stride)
    {
        var quarters = Avx512F.InsertVector128(Vector128.Load(rows).ToVector256Unsafe().ToVector512Unsafe(), Vector128.Load(rows + (4 * stride)), 1);
        quarters = Avx512F.InsertVector128(quarters, Vector128.Load(rows + (8 * stride)), 2);
        return Avx512F.InsertVector128(quarters, Vector128.Load(rows + (12 * stride)), 3);
    }
}
