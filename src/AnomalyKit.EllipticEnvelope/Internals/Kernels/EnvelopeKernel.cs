using System.Runtime.Intrinsics;

namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>The widths of the row loops. All give the same bits; tests and benchmarks force each one.</summary>
internal enum EnvelopeKernel
{
    /// <summary>The widest that the machine has.</summary>
    Auto,

    /// <summary>One double at a time: the reference.</summary>
    Scalar,

    /// <summary><see cref="Lanes2"/>.</summary>
    Lanes128,

    /// <summary><see cref="Lanes4"/>.</summary>
    Lanes256,

    /// <summary><see cref="Lanes8"/>.</summary>
    Lanes512,
}

/// <summary>Chooses kernels.</summary>
internal static class EnvelopeKernels
{
    /// <summary>Forces a kernel by its name, for measurements: the results are the same with all of them.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_ENVELOPE_KERNEL";

    public static IRowKernel Resolve(EnvelopeKernel wanted = EnvelopeKernel.Auto)
    {
        if (wanted == EnvelopeKernel.Auto && Enum.TryParse(Environment.GetEnvironmentVariable(EnvironmentVariable), ignoreCase: true, out EnvelopeKernel forced))
            wanted = forced;
        if (wanted == EnvelopeKernel.Auto)
        {
            wanted = Vector512.IsHardwareAccelerated ? EnvelopeKernel.Lanes512
                : Vector256.IsHardwareAccelerated ? EnvelopeKernel.Lanes256
                : Vector128.IsHardwareAccelerated ? EnvelopeKernel.Lanes128
                : EnvelopeKernel.Scalar;
        }

        return wanted switch
        {
            EnvelopeKernel.Scalar => new RowKernel<Lanes1>(),
            EnvelopeKernel.Lanes128 => new RowKernel<Lanes2>(),
            EnvelopeKernel.Lanes512 => new RowKernel<Lanes8>(),
            _ => new RowKernel<Lanes4>(),
        };
    }
}
