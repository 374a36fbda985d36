namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>One row: the reference.</summary>
internal readonly unsafe struct RowLanes1(double value) : IRowLanes<RowLanes1>
{
    private readonly double _value = value;

    public static int Count => 1;

    public static RowLanes1 Load(double* source) => new(*source);

    public static RowLanes1 Broadcast(double value) => new(value);

    public static void Store(RowLanes1 value, double* destination) => *destination = value._value;

    public static RowLanes1 operator +(RowLanes1 left, RowLanes1 right) => new(left._value + right._value);

    public static RowLanes1 operator -(RowLanes1 left, RowLanes1 right) => new(left._value - right._value);

    public static RowLanes1 operator *(RowLanes1 left, RowLanes1 right) => new(left._value * right._value);

    public static RowLanes1 operator /(RowLanes1 left, RowLanes1 right) => new(left._value / right._value);

    public static RowLanes1 MultiplyAdd(RowLanes1 left, RowLanes1 right, RowLanes1 addend) => new(Math.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static RowLanes1 Max(RowLanes1 left, RowLanes1 right) => new(Math.Max(left._value, right._value));

    public static RowLanes1 GoingLeft(RowLanes1 cells, RowLanes1 threshold, RowLanes1 divided) =>
        double.IsNaN(cells._value) ? divided : new(cells._value < threshold._value ? 1 : 0);
}
