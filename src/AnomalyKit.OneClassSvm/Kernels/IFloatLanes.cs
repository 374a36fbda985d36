namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>A vector of floats as the kernels use it. Every width does the same operations on the same elements, so all give the same bits.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface IFloatLanes<TSelf>
    where TSelf : unmanaged, IFloatLanes<TSelf>
{
    /// <summary>Floats a vector: 1, 4, 8 or 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float* source);

    static abstract TSelf Create(float value);

    static abstract TSelf Add(TSelf left, TSelf right);

    static abstract TSelf Subtract(TSelf left, TSelf right);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    static abstract TSelf Divide(TSelf left, TSelf right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The value within the bounds; it is a number.</summary>
    static abstract TSelf Clamp(TSelf value, TSelf minimum, TSelf maximum);

    /// <summary>value · 2^n, where n was added to 1.5 · 2²³ and n = −127 stands for a factor of zero.</summary>
    static abstract TSelf Scale(TSelf value, TSelf shifted);

    static abstract void Store(TSelf value, float* destination);

    /// <summary>sums[i] += weights[k] · values[k] in double, each rounded once, for k = i, i + stride … below count, and <see cref="Count"/> elements i.</summary>
    static abstract void AddWeighted(float* values, double* weights, int count, int stride, double* sums);

    /// <summary>sums[i] += weight[r] · rows[r][i] in double, row after row, each rounded once, for <see cref="Count"/> elements.</summary>
    static abstract void AddRows(float** rows, long offset, double* weights, int count, double* sums);
}
