using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Eight rows: AVX-512.</summary>
internal readonly unsafe struct RowLanes8(Vector512<double> value) : IRowLanes<RowLanes8>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RowLanes8 value, double* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 operator +(RowLanes8 left, RowLanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 operator -(RowLanes8 left, RowLanes8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 operator *(RowLanes8 left, RowLanes8 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 operator /(RowLanes8 left, RowLanes8 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 MultiplyAdd(RowLanes8 left, RowLanes8 right, RowLanes8 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 Max(RowLanes8 left, RowLanes8 right) => new(Vector512.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLanes8 GoingLeft(RowLanes8 cells, RowLanes8 threshold, RowLanes8 divided)
    {
        var left = Vector512.ConditionalSelect(Vector512.LessThan(cells._value, threshold._value), Vector512<double>.One, Vector512<double>.Zero);
        return new(Vector512.ConditionalSelect(Vector512.Equals(cells._value, cells._value), left, divided._value));
    }
}
