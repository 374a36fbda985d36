using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Four rows: AVX2.</summary>
internal readonly unsafe struct RowLanes4(Vector256<double> value) : IRowLanes<RowLanes4>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 Broadcast(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RowLanes4 value, double* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 operator +(RowLanes4 left, RowLanes4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 operator -(RowLanes4 left, RowLanes4 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 operator *(RowLanes4 left, RowLanes4 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 operator /(RowLanes4 left, RowLanes4 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 MultiplyAdd(RowLanes4 left, RowLanes4 right, RowLanes4 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 Max(RowLanes4 left, RowLanes4 right) => new(Vector256.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes4 GoingLeft(RowLanes4 cells, RowLanes4 threshold, RowLanes4 divided)
    {
        var left = Vector256.ConditionalSelect(Vector256.LessThan(cells._value, threshold._value), Vector256<double>.One, Vector256<double>.Zero);
        return new(Vector256.ConditionalSelect(Vector256.Equals(cells._value, cells._value), left, divided._value));
    }
}
