using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.IsolationForest.Attribution;
using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.LocalOutlierFactor.Kernels;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>One switch over the kernels of all detectors: the environment variable ANOMALYKIT_KERNELS, as scalar, 128, 256 or 512 (bits).</summary>
/// <remarks>
/// Where it is not set, every detector chooses for the machine. A single detector's kernel is forced by its own variable. Whenever a width is forced, what every detector
/// makes of it is checked.
/// </remarks>
internal static class KernelChoice
{
    private const string EnvironmentVariable = "ANOMALYKIT_KERNELS";

    /// <summary>An entry a detector, with its kernels in the order of <see cref="Widths"/>. Neighbours have none of 128 bits: they get the one that is no wider.</summary>
    private static readonly KernelSwitch[] Detectors =
    [
        KernelSwitch.Of(
            EnvelopeKernels.EnvironmentVariable, kernel => EnvelopeKernels.Resolve(kernel).GetType(),
            VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512),
        KernelSwitch.Of(
            ForestKernels.EnvironmentVariable, kernel => ForestKernels.Resolve(kernel),
            ForestKernel.Walk, ForestKernel.Sliced128, ForestKernel.Sliced256, ForestKernel.Sliced512),
        KernelSwitch.Of(
            ShapleyKernels.EnvironmentVariable, width => ShapleyKernels.Width(width),
            VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512),
        KernelSwitch.Of(
            KernelEngines.EnvironmentVariable, width => KernelEngines.Resolve(width).GetType(),
            VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512),
        KernelSwitch.Of(
            NetworkKernels.EnvironmentVariable, kernel => NetworkKernels.Resolve(kernel).GetType(),
            VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512),
        KernelSwitch.Of(
            NeighborKernels.EnvironmentVariable, kernel => NeighborKernels.Resolve<EuclideanMetric>(kernel).GetType(),
            VectorWidth.Scalar, VectorWidth.Scalar, VectorWidth.Lanes256, VectorWidth.Lanes512),
    ];

    /// <summary>The values of ANOMALYKIT_KERNELS.</summary>
    public static IReadOnlyList<string> Widths { get; } = ["scalar", "128", "256", "512"];

    /// <summary>Sets the detectors' variables for this process if ANOMALYKIT_KERNELS asks for it.</summary>
    /// <param name="arguments">What sets and shows them in the processes of BenchmarkDotNet.</param>
    /// <returns>Whether the variable could be understood; the console has been told where not.</returns>
    public static bool TryApply(out string[] arguments)
    {
        arguments = [];
        string? wanted = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(wanted))
            return true;
        if (!Widths.Contains(wanted))
        {
            Console.Error.WriteLine($"{EnvironmentVariable} is '{wanted}'; it may be {string.Join(", ", Widths)}.");
            return false;
        }

        Force(wanted);
        arguments = ["--envVars", .. Detectors.Select(detector => $"{detector.Variable}:{Environment.GetEnvironmentVariable(detector.Variable)}")];
        return true;
    }

    /// <summary>Holds the detectors that are fitted or loaded from now on to kernels of a width.</summary>
    /// <param name="width">One of <see cref="Widths"/>.</param>
    public static void Force(string width)
    {
        foreach (var detector in Detectors)
            detector.Force(Widths.ToList().IndexOf(width));
    }
}
