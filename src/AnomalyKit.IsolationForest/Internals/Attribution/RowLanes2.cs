using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Two rows: SSE and NEON.</summary>
internal readonly unsafe struct RowLanes2(Vector128<double> value) : IRowLanes<RowLanes2>
{
    private readonly Vector128<double> _value = value;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 Load(double* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 Broadcast(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RowLanes2 value, double* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 operator +(RowLanes2 left, RowLanes2 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 operator -(RowLanes2 left, RowLanes2 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 operator *(RowLanes2 left, RowLanes2 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 operator /(RowLanes2 left, RowLanes2 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 MultiplyAdd(RowLanes2 left, RowLanes2 right, RowLanes2 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 Max(RowLanes2 left, RowLanes2 right) => new(Vector128.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes2 GoingLeft(RowLanes2 cells, RowLanes2 threshold, RowLanes2 divided)
    {
        var left = Vector128.ConditionalSelect(Vector128.LessThan(cells._value, threshold._value), Vector128<double>.One, Vector128<double>.Zero);
        return new(Vector128.ConditionalSelect(Vector128.Equals(cells._value, cells._value), left, divided._value));
    }
}
