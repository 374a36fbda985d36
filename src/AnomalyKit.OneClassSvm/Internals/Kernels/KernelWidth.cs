using System.Runtime.Intrinsics;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>The widths of the kernel loops. All give the same bits; tests and benchmarks force each one.</summary>
internal enum KernelWidth
{
    /// <summary>The widest that the machine has.</summary>
    Auto,

    /// <summary>One float at a time: the reference.</summary>
    Scalar,

    /// <summary><see cref="FloatLanes4"/>.</summary>
    Lanes128,

    /// <summary><see cref="FloatLanes8"/>.</summary>
    Lanes256,

    /// <summary><see cref="FloatLanes16"/>.</summary>
    Lanes512,
}

/// <summary>Chooses kernels.</summary>
internal static class KernelWidths
{
    /// <summary>Forces a width by its name, for measurements: the results are the same with all of them.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_SVM_KERNEL";

    public static IKernelEngine Resolve(KernelWidth wanted = KernelWidth.Auto)
    {
        if (wanted == KernelWidth.Auto && Enum.TryParse(Environment.GetEnvironmentVariable(EnvironmentVariable), ignoreCase: true, out KernelWidth forced))
            wanted = forced;
        if (wanted == KernelWidth.Auto)
        {
            wanted = Vector512.IsHardwareAccelerated ? KernelWidth.Lanes512
                : Vector256.IsHardwareAccelerated ? KernelWidth.Lanes256
                : Vector128.IsHardwareAccelerated ? KernelWidth.Lanes128
                : KernelWidth.Scalar;
        }

        return wanted switch
        {
            KernelWidth.Scalar => new KernelEngine<FloatLanes1>(),
            KernelWidth.Lanes128 => new KernelEngine<FloatLanes4>(),
            KernelWidth.Lanes512 => new KernelEngine<FloatLanes16>(),
            _ => new KernelEngine<FloatLanes8>(),
        };
    }
}
