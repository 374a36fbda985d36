namespace AnomalyKit.Simd;

/// <summary>A vector of doubles as the kernels use it. Every width does the same fused operations on the same elements, so all give the same bits.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface IDoubleLanes<TSelf>
    where TSelf : unmanaged, IDoubleLanes<TSelf>
{
    /// <summary>Doubles a vector: 1, 2, 4 or 8.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(double* source);

    static abstract TSelf Broadcast(double* source);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Converts as many floats, exactly, and subtracts.</summary>
    static abstract TSelf WidenAndSubtract(float* source, double* subtrahend);

    static abstract void Store(TSelf value, double* destination);
}
