using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>What the solver is told.</summary>
internal sealed record SolverOptions(KernelFunction Function, IKernelEngine Engine, FitContext Context)
{
    public required double Tolerance { get; init; }

    /// <summary>A violation of this share of the boundary's gradient will do, where it is more than the tolerance: for start points.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>
    /// The sum of coefficients for which <see cref="Tolerance"/> is meant. 1 in LIBSVM's scaling; less where the problem was scaled down, gradients, boundary and
    /// tolerance with it.
    /// </summary>
    public double CoefficientUnit { get; init; } = 1;

    /// <summary>The greatest |K(x, x)| of the rows.</summary>
    public double GreatestKernel { get; init; } = 1;

    /// <summary>
    /// The scale of kernel values below 1: constants that LIBSVM states for kernels of about 1 are meant as multiples of it. A power of two, and 1 from ½ on.
    /// </summary>
    public double KernelUnit => GreatestKernel is > 0 and < 0.5 ? Math.ScaleB(1, Math.ILogB(GreatestKernel) + 1) : 1;

    public required long CacheBytes { get; init; }

    public required long MaxSteps { get; init; }

    public int Threads => Context.Threads;

    public CancellationToken CancellationToken => Context.CancellationToken;
}
