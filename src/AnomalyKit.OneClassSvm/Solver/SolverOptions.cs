using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>What the solver is told.</summary>
internal sealed record SolverOptions(KernelFunction Function, IKernelEngine Engine, FitContext Context)
{
    public required double Tolerance { get; init; }

    /// <summary>A violation of this share of the boundary's gradient will do, where it is more than the tolerance: for start points.</summary>
    public double RelativeTolerance { get; init; }

    public required long CacheBytes { get; init; }

    public required long MostSteps { get; init; }

    public int Threads => Context.Threads;

    public CancellationToken CancellationToken => Context.CancellationToken;
}
