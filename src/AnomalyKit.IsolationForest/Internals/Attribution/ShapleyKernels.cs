using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>The kernels of every width. All give the same bits; tests and benchmarks force each one.</summary>
internal static class ShapleyKernels
{
    /// <summary>Forces a width by its name, for measurements.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_FOREST_ATTRIBUTION_KERNEL";

    /// <summary>Splits from which on rows are taken one by one: what a wider kernel works in would be many times as large as the tree.</summary>
    private const int HugeTree = 1 << 16;

    /// <summary>The width that is used for trees of usual size.</summary>
    public static VectorWidth Width(VectorWidth wanted = VectorWidth.Auto) => VectorWidths.Resolve(EnvironmentVariable, wanted);

    /// <param name="forest">The trees.</param>
    /// <param name="ofRows">Whether rows may be divided among branches otherwise than what stands for the unknown.</param>
    /// <param name="wanted">A width, or the widest of the machine.</param>
    public static IShapleyKernel Resolve(PathForest forest, bool ofRows, VectorWidth wanted = VectorWidth.Auto)
    {
        var width = forest.MaxCount > HugeTree ? VectorWidth.Scalar : Width(wanted);
        return ofRows ? OfWidth<RowCoefficients>(width) : OfWidth<SharedCoefficients>(width);
    }

    private static IShapleyKernel OfWidth<TCoefficients>(VectorWidth width)
        where TCoefficients : ICoefficients => width switch
        {
            VectorWidth.Scalar => new ShapleyKernel<RowLanes1, TCoefficients>(),
            VectorWidth.Lanes128 => new ShapleyKernel<RowLanes2, TCoefficients>(),
            VectorWidth.Lanes512 => new ShapleyKernel<RowLanes8, TCoefficients>(),
            _ => new ShapleyKernel<RowLanes4, TCoefficients>(),
        };
}
