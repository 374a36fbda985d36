using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Metrics;

namespace AnomalyKit.LocalOutlierFactor.Kernels;

/// <summary>The widths of the loops that filter candidates. Neighbours and distances are the same with all of them; tests and benchmarks force each one.</summary>
internal enum NeighborKernel
{
    /// <summary>The widest that the machine has.</summary>
    Auto,

    /// <summary>One distance at a time: the reference.</summary>
    Scalar,

    /// <summary>Eight distances at a time: AVX2.</summary>
    Lanes256,

    /// <summary>Sixteen distances at a time: AVX-512.</summary>
    Lanes512,
}

/// <summary>Chooses kernels.</summary>
internal static class NeighborKernels
{
    /// <summary>Forces a kernel by its name, for measurements: the results are the same with all of them.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_NEIGHBOR_KERNEL";

    public static IPanelKernel Resolve<TMetric>(NeighborKernel wanted = NeighborKernel.Auto)
        where TMetric : IMetric
    {
        if (wanted == NeighborKernel.Auto && Enum.TryParse(Environment.GetEnvironmentVariable(EnvironmentVariable), ignoreCase: true, out NeighborKernel forced))
            wanted = forced;
        if (wanted == NeighborKernel.Auto)
        {
            wanted = Vector512.IsHardwareAccelerated ? NeighborKernel.Lanes512
                : Vector256.IsHardwareAccelerated || Vector128.IsHardwareAccelerated ? NeighborKernel.Lanes256
                : NeighborKernel.Scalar;
        }

        return wanted switch
        {
            NeighborKernel.Scalar => new PanelKernelScalar<TMetric>(),
            NeighborKernel.Lanes512 => new PanelKernel512<TMetric>(),
            _ => new PanelKernel256<TMetric>(),
        };
    }
}
