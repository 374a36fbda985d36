using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Kernels;

/// <summary>The loops that filter candidates, of every width. Neighbors and distances are the same with all of them; tests and benchmarks force each one.</summary>
internal static class NeighborKernels
{
    /// <summary>Forces a width by its name, for measurements.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_NEIGHBOR_KERNEL";

    /// <remarks>Machines of 128 bits run the loop of 256 as two halves.</remarks>
    public static IPanelKernel Resolve<TMetric>(VectorWidth wanted = VectorWidth.Auto)
        where TMetric : IMetric => VectorWidths.Resolve(EnvironmentVariable, wanted) switch
        {
            VectorWidth.Scalar => new PanelKernelScalar<TMetric>(),
            VectorWidth.Lanes512 => new PanelKernel512<TMetric>(),
            _ => new PanelKernel256<TMetric>(),
        };
}
