namespace AnomalyKit.Simd;

/// <summary>One double: the scalar reference.</summary>
internal readonly unsafe struct DoubleLanes1(double value) : IDoubleLanes<DoubleLanes1>
{
    private readonly double _value = value;

    public static int Count => 1;

    public static DoubleLanes1 Load(double* source) => new(*source);

    public static DoubleLanes1 Broadcast(double* source) => new(*source);

    public static DoubleLanes1 MultiplyAdd(DoubleLanes1 left, DoubleLanes1 right, DoubleLanes1 addend) =>
        new(Math.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static DoubleLanes1 Add(DoubleLanes1 left, DoubleLanes1 right) => new(left._value + right._value);

    public static DoubleLanes1 WidenAndSubtract(float* source, double* subtrahend) => new(*source - *subtrahend);

    public static void Store(DoubleLanes1 value, double* destination) => *destination = value._value;
}
