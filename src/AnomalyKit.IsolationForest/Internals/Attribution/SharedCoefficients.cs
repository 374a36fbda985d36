using System.Runtime.CompilerServices;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>One number for all rows: enough where a row goes one way at every split of a group, or is divided at every one of them.</summary>
internal readonly unsafe struct SharedCoefficients : ICoefficients
{
    public static bool AreOfRows => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes At<TLanes>(double* coefficients, int index)
        where TLanes : unmanaged, IRowLanes<TLanes> => TLanes.Broadcast(coefficients[index]);
}
