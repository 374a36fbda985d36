namespace AnomalyKit.Simd;

/// <summary>A vector of floats as the kernels use it. Every width does the same IEEE operations on the same elements, so all give the same bits.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface IFloatLanes<TSelf>
    where TSelf : unmanaged, IFloatLanes<TSelf>
{
    /// <summary>Floats a vector: 1, 4, 8 or 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Create(float value);

    static abstract void Store(TSelf value, float* destination);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Add(TSelf left, TSelf right);

    static abstract TSelf Subtract(TSelf left, TSelf right);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    static abstract TSelf Divide(TSelf left, TSelf right);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The left value where it is the smaller one, else the right.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The left value where it is the larger one, else the right.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Where <paramref name="value"/> &gt; 0 the first choice, else the second.</summary>
    static abstract TSelf IfPositive(TSelf value, TSelf then, TSelf otherwise);

    /// <summary>value · 2ⁿ by adding n to the exponent bits, where <paramref name="shifted"/> is 1.5 · 2²³ + n and the result is a normal number.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf shifted);

    /// <summary>2ⁿ for n from −126 to 127, and 0 for n = −127, where <paramref name="shifted"/> is 1.5 · 2²³ + n.</summary>
    static abstract TSelf PowerOfTwo(TSelf shifted);

    /// <summary>Takes four neighboring cells from each of <see cref="Count"/> rows, <c>stride</c> floats apart, and gives four vectors of one cell per row.</summary>
    static abstract void LoadColumns(float* rows, int stride, out TSelf first, out TSelf second, out TSelf third, out TSelf fourth);
}
