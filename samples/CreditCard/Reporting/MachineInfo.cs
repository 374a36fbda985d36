using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>What the figures were measured on.</summary>
internal sealed record MachineInfo(string Os, string Cpu, int Cores, string Runtime, string Simd)
{
    public static MachineInfo Current() => new(
        $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})",
        CpuName(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription,
        SimdName());

    /// <summary>The most memory that this process has held so far, or null where the system does not say.</summary>
    public static long? PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 is > 0 and var bytes ? bytes : null;
    }

    private static string SimdName() =>
        Vector512.IsHardwareAccelerated ? "AVX-512" : Avx2.IsSupported ? "AVX2" : AdvSimd.IsSupported ? "AdvSimd" : Vector128.IsHardwareAccelerated ? "128 bits" : "none";

    private static string CpuName()
    {
        const string LinuxFile = "/proc/cpuinfo";
        string? line = File.Exists(LinuxFile)
            ? File.ReadLines(LinuxFile).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
