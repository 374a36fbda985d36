using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>The kernel loops of every width. All give the same bits; tests and benchmarks force each one.</summary>
internal static class KernelEngines
{
    /// <summary>Forces a width by its name, for measurements.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_SVM_KERNEL";

    public static IKernelEngine Resolve(VectorWidth wanted = VectorWidth.Auto) => VectorWidths.Resolve(EnvironmentVariable, wanted) switch
    {
        VectorWidth.Scalar => new KernelEngine<FloatLanes1>(),
        VectorWidth.Lanes128 => new KernelEngine<FloatLanes4>(),
        VectorWidth.Lanes512 => new KernelEngine<FloatLanes16>(),
        _ => new KernelEngine<FloatLanes8>(),
    };
}
