namespace AnomalyKit.Simd;

/// <summary>One float: the scalar reference.</summary>
internal readonly unsafe struct FloatLanes1(float value) : IFloatLanes<FloatLanes1>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static FloatLanes1 Load(float* source) => new(*source);

    public static FloatLanes1 Create(float value) => new(value);

    public static void Store(FloatLanes1 value, float* destination) => *destination = value._value;

    public static FloatLanes1 MultiplyAdd(FloatLanes1 left, FloatLanes1 right, FloatLanes1 addend) =>
        new(MathF.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static FloatLanes1 Add(FloatLanes1 left, FloatLanes1 right) => new(left._value + right._value);

    public static FloatLanes1 Subtract(FloatLanes1 left, FloatLanes1 right) => new(left._value - right._value);

    public static FloatLanes1 Multiply(FloatLanes1 left, FloatLanes1 right) => new(left._value * right._value);

    public static FloatLanes1 Divide(FloatLanes1 left, FloatLanes1 right) => new(left._value / right._value);

    public static FloatLanes1 Sqrt(FloatLanes1 value) => new(MathF.Sqrt(value._value));

    public static FloatLanes1 Min(FloatLanes1 left, FloatLanes1 right) => new(left._value < right._value ? left._value : right._value);

    public static FloatLanes1 Max(FloatLanes1 left, FloatLanes1 right) => new(left._value > right._value ? left._value : right._value);

    public static FloatLanes1 IfPositive(FloatLanes1 value, FloatLanes1 then, FloatLanes1 otherwise) => value._value > 0 ? then : otherwise;

    public static FloatLanes1 ScaleByPowerOfTwo(FloatLanes1 value, FloatLanes1 shifted) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value._value) + (BitConverter.SingleToInt32Bits(shifted._value) << 23)));

    public static FloatLanes1 PowerOfTwo(FloatLanes1 shifted) =>
        new(BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted._value) + 127) << 23));

    public static void LoadColumns(float* rows, int stride, out FloatLanes1 first, out FloatLanes1 second, out FloatLanes1 third, out FloatLanes1 fourth)
    {
        first = new(rows[0]);
        second = new(rows[1]);
        third = new(rows[2]);
        fourth = new(rows[3]);
    }
}
