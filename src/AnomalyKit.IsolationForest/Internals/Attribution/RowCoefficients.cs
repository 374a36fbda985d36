using System.Runtime.CompilerServices;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>One number per row.</summary>
internal readonly unsafe struct RowCoefficients : ICoefficients
{
    public static bool AreOfRows => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes At<TLanes>(double* coefficients, int index)
        where TLanes : unmanaged, IRowLanes<TLanes> => TLanes.Load(coefficients + (index * TLanes.Count));
}
