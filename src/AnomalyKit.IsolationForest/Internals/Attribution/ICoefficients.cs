namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>How the coefficients of splits are kept.</summary>
internal unsafe interface ICoefficients
{
    /// <summary>Whether each row has its own.</summary>
    static abstract bool AreOfRows { get; }

    static abstract TLanes At<TLanes>(double* coefficients, int index)
        where TLanes : unmanaged, IRowLanes<TLanes>;
}
