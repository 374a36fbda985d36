using System.Runtime.Intrinsics;
using AnomalyKit.EllipticEnvelope.Kernels;

namespace AnomalyKit.Affine;

/// <summary>Chooses the kernel that maps rows.</summary>
internal static class AffineKernels
{
    /// <summary>The kernel of the machine's widest vectors, or the one that <c>ANOMALYKIT_ENVELOPE_KERNEL</c> names.</summary>
    public static IAffineKernel Resolve() => Environment.GetEnvironmentVariable("ANOMALYKIT_ENVELOPE_KERNEL")?.ToUpperInvariant() switch
    {
        "SCALAR" => new AffineKernel<Lanes1>(),
        "LANES128" => new AffineKernel<Lanes2>(),
        "LANES256" => new AffineKernel<Lanes4>(),
        "LANES512" => new AffineKernel<Lanes8>(),
        _ when Vector512.IsHardwareAccelerated => new AffineKernel<Lanes8>(),
        _ when Vector256.IsHardwareAccelerated => new AffineKernel<Lanes4>(),
        _ when Vector128.IsHardwareAccelerated => new AffineKernel<Lanes2>(),
        _ => new AffineKernel<Lanes1>(),
    };
}
