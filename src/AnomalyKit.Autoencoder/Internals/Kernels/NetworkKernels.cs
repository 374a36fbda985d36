using System.Runtime.Intrinsics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>The widths of the network's loops. All give the same bits; tests and benchmarks force each one.</summary>
internal enum NetworkKernel
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
internal static class NetworkKernels
{
    /// <summary>Forces a kernel by its name, for measurements: the results are the same with all of them.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_NETWORK_KERNEL";

    public static INetworkKernel Resolve(NetworkKernel wanted = NetworkKernel.Auto)
    {
        if (wanted == NetworkKernel.Auto && Enum.TryParse(Environment.GetEnvironmentVariable(EnvironmentVariable), ignoreCase: true, out NetworkKernel forced))
            wanted = forced;
        if (wanted == NetworkKernel.Auto)
        {
            wanted = Vector512.IsHardwareAccelerated ? NetworkKernel.Lanes512
                : Vector256.IsHardwareAccelerated ? NetworkKernel.Lanes256
                : Vector128.IsHardwareAccelerated ? NetworkKernel.Lanes128
                : NetworkKernel.Scalar;
        }

        return wanted switch
        {
            NetworkKernel.Scalar => new NetworkKernel<FloatLanes1>(),
            NetworkKernel.Lanes128 => new NetworkKernel<FloatLanes4>(),
            NetworkKernel.Lanes512 => new NetworkKernel<FloatLanes16>(),
            _ => new NetworkKernel<FloatLanes8>(),
        };
    }
}
