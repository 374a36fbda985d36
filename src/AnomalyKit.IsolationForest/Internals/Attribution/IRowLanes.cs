namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Several rows side by side, one per lane. Every width does the same operations on a row, so all give the same bits.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface IRowLanes<TSelf>
    where TSelf : unmanaged, IRowLanes<TSelf>
{
    /// <summary>Rows per vector: 1, 2, 4 or 8.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(double* source);

    static abstract TSelf Broadcast(double value);

    static abstract void Store(TSelf value, double* destination);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The part of each row that goes left: 1 where its cell is below the threshold, 0 where it is not, and <paramref name="divided"/> where it is missing.</summary>
    static abstract TSelf GoingLeft(TSelf cells, TSelf threshold, TSelf divided);
}
