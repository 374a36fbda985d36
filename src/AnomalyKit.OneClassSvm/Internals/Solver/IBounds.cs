using System.Runtime.CompilerServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>The greatest value of each coefficient. As a type parameter, so that the loops without weights stay loops against a constant.</summary>
internal interface IBounds
{
    double this[int row] { get; }
}

/// <summary>Every row counts once.</summary>
internal readonly struct UnitBounds : IBounds
{
    public double this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }
}

/// <summary>A row's coefficient may be as great as its weight: the sum of those of its copies.</summary>
internal readonly struct RowBounds(double[] values) : IBounds
{
    private readonly double[] _values = values;

    public double this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[row];
    }
}
