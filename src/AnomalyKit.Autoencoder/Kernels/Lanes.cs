using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>One float: the scalar reference.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static Lanes1 Load(float* source) => new(*source);

    public static Lanes1 Create(float value) => new(value);

    public static void Store(Lanes1 value, float* destination) => *destination = value._value;

    public static Lanes1 MultiplyAdd(Lanes1 left, Lanes1 right, Lanes1 addend) => new(MathF.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static Lanes1 Add(Lanes1 left, Lanes1 right) => new(left._value + right._value);

    public static Lanes1 Subtract(Lanes1 left, Lanes1 right) => new(left._value - right._value);

    public static Lanes1 Multiply(Lanes1 left, Lanes1 right) => new(left._value * right._value);

    public static Lanes1 Divide(Lanes1 left, Lanes1 right) => new(left._value / right._value);

    public static Lanes1 Sqrt(Lanes1 value) => new(MathF.Sqrt(value._value));

    public static Lanes1 Min(Lanes1 left, Lanes1 right) => new(left._value < right._value ? left._value : right._value);

    public static Lanes1 Max(Lanes1 left, Lanes1 right) => new(left._value > right._value ? left._value : right._value);

    public static Lanes1 IfPositive(Lanes1 value, Lanes1 then, Lanes1 otherwise) => value._value > 0 ? then : otherwise;

    public static Lanes1 ScaleByPowerOfTwo(Lanes1 value, Lanes1 shifted) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value._value) + (BitConverter.SingleToInt32Bits(shifted._value) << 23)));

    public static void LoadColumns(float* rows, int stride, out Lanes1 first, out Lanes1 second, out Lanes1 third, out Lanes1 fourth)
    {
        first = new(rows[0]);
        second = new(rows[1]);
        third = new(rows[2]);
        fourth = new(rows[3]);
    }
}

/// <summary>Four floats: SSE and NEON.</summary>
internal readonly unsafe struct Lanes4(Vector128<float> value) : ILanes<Lanes4>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    public Vector128<float> Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 left, Lanes4 right, Lanes4 addend) => new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Add(Lanes4 left, Lanes4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Subtract(Lanes4 left, Lanes4 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Multiply(Lanes4 left, Lanes4 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Divide(Lanes4 left, Lanes4 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sqrt(Lanes4 value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Min(Lanes4 left, Lanes4 right) => new(Sse.IsSupported
        ? Sse.Min(left._value, right._value)
        : Vector128.ConditionalSelect(Vector128.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 left, Lanes4 right) => new(Sse.IsSupported
        ? Sse.Max(left._value, right._value)
        : Vector128.ConditionalSelect(Vector128.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 IfPositive(Lanes4 value, Lanes4 then, Lanes4 otherwise) => new(Vector128.ConditionalSelect(Vector128.GreaterThan(value._value, Vector128<float>.Zero), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ScaleByPowerOfTwo(Lanes4 value, Lanes4 shifted) => new((value._value.AsInt32() + Vector128.ShiftLeft(shifted._value.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float* rows, int stride, out Lanes4 first, out Lanes4 second, out Lanes4 third, out Lanes4 fourth)
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

/// <summary>Eight floats: AVX2.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> value) : ILanes<Lanes8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public Vector256<float> Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 left, Lanes8 right, Lanes8 addend) => new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Add(Lanes8 left, Lanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Subtract(Lanes8 left, Lanes8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Multiply(Lanes8 left, Lanes8 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Divide(Lanes8 left, Lanes8 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Sqrt(Lanes8 value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Min(Lanes8 left, Lanes8 right) => new(Avx.IsSupported
        ? Avx.Min(left._value, right._value)
        : Vector256.ConditionalSelect(Vector256.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 left, Lanes8 right) => new(Avx.IsSupported
        ? Avx.Max(left._value, right._value)
        : Vector256.ConditionalSelect(Vector256.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 IfPositive(Lanes8 value, Lanes8 then, Lanes8 otherwise) => new(Vector256.ConditionalSelect(Vector256.GreaterThan(value._value, Vector256<float>.Zero), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 ScaleByPowerOfTwo(Lanes8 value, Lanes8 shifted) => new((value._value.AsInt32() + Vector256.ShiftLeft(shifted._value.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float* rows, int stride, out Lanes8 first, out Lanes8 second, out Lanes8 third, out Lanes8 fourth)
    {
        if (!Avx.IsSupported)
        {
            Lanes4.LoadColumns(rows, stride, out var first0, out var second0, out var third0, out var fourth0);
            Lanes4.LoadColumns(rows + (4 * stride), stride, out var first1, out var second1, out var third1, out var fourth1);
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

/// <summary>Sixteen floats: AVX-512.</summary>
internal readonly unsafe struct Lanes16(Vector512<float> value) : ILanes<Lanes16>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes16 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 left, Lanes16 right, Lanes16 addend) => new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Add(Lanes16 left, Lanes16 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Subtract(Lanes16 left, Lanes16 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Multiply(Lanes16 left, Lanes16 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Divide(Lanes16 left, Lanes16 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Sqrt(Lanes16 value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Min(Lanes16 left, Lanes16 right) => new(Avx512F.IsSupported
        ? Avx512F.Min(left._value, right._value)
        : Vector512.ConditionalSelect(Vector512.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 left, Lanes16 right) => new(Avx512F.IsSupported
        ? Avx512F.Max(left._value, right._value)
        : Vector512.ConditionalSelect(Vector512.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 IfPositive(Lanes16 value, Lanes16 then, Lanes16 otherwise) => new(Vector512.ConditionalSelect(Vector512.GreaterThan(value._value, Vector512<float>.Zero), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ScaleByPowerOfTwo(Lanes16 value, Lanes16 shifted) => new((value._value.AsInt32() + Vector512.ShiftLeft(shifted._value.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float* rows, int stride, out Lanes16 first, out Lanes16 second, out Lanes16 third, out Lanes16 fourth)
    {
        if (!Avx512F.IsSupported)
        {
            Lanes8.LoadColumns(rows, stride, out var first0, out var second0, out var third0, out var fourth0);
            Lanes8.LoadColumns(rows + (8 * stride), stride, out var first1, out var second1, out var third1, out var fourth1);
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
