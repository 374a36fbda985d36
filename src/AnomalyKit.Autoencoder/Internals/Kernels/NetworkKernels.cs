using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>The network's loops of every width. All give the same bits; tests and benchmarks force each one.</summary>
internal static class NetworkKernels
{
    /// <summary>Forces a width by its name, for measurements.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_NETWORK_KERNEL";

    public static INetworkKernel Resolve(VectorWidth wanted = VectorWidth.Auto) => VectorWidths.Resolve(EnvironmentVariable, wanted) switch
    {
        VectorWidth.Scalar => new NetworkKernel<FloatLanes1>(),
        VectorWidth.Lanes128 => new NetworkKernel<FloatLanes4>(),
        VectorWidth.Lanes512 => new NetworkKernel<FloatLanes16>(),
        _ => new NetworkKernel<FloatLanes8>(),
    };
}
