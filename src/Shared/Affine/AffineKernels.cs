using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Affine;

/// <summary>Chooses the kernel that maps rows.</summary>
internal static class AffineKernels
{
    /// <summary>The kernel of the machine's widest vectors, or the one that <c>ANOMALYKIT_ENVELOPE_KERNEL</c> names.</summary>
    public static IAffineKernel Resolve() => VectorWidths.Resolve("ANOMALYKIT_ENVELOPE_KERNEL") switch
    {
        VectorWidth.Scalar => new AffineKernel<DoubleLanes1>(),
        VectorWidth.Lanes128 => new AffineKernel<DoubleLanes2>(),
        VectorWidth.Lanes512 => new AffineKernel<DoubleLanes8>(),
        _ => new AffineKernel<DoubleLanes4>(),
    };
}
