using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>The row loops of every width. All give the same bits; tests and benchmarks force each one.</summary>
internal static class EnvelopeKernels
{
    /// <summary>Forces a width by its name, for measurements.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_ENVELOPE_KERNEL";

    public static IRowKernel Resolve(VectorWidth wanted = VectorWidth.Auto) => VectorWidths.Resolve(EnvironmentVariable, wanted) switch
    {
        VectorWidth.Scalar => new RowKernel<DoubleLanes1>(),
        VectorWidth.Lanes128 => new RowKernel<DoubleLanes2>(),
        VectorWidth.Lanes512 => new RowKernel<DoubleLanes8>(),
        _ => new RowKernel<DoubleLanes4>(),
    };
}
