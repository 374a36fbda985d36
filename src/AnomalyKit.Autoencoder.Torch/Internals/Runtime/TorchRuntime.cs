using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>Finds out whether LibTorch can be used, and says what to do where it cannot.</summary>
internal static class TorchRuntime
{
    /// <summary>Looks for the device to train on.</summary>
    public static TorchProbe Find(TorchDevice wanted)
    {
        int devices;
        try
        {
            InitializeDeviceType(DeviceType.CPU);
            using (var probe = zeros(1))
            using (Scalar one = 1)
                probe.add_(one, one);
            devices = wanted == TorchDevice.Cpu ? 0 : cuda.is_available() ? cuda.device_count() : 0;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new TorchProbe(null, Remedy(exception), exception);
        }

        if (wanted.CudaIndex is { } index)
        {
            return index < devices
                ? new TorchProbe(new Device(DeviceType.CUDA, index), string.Empty, null)
                : new TorchProbe(
                    null,
                    devices == 0
                        ? $"The device {wanted} was asked for, but this LibTorch finds no CUDA device. Reference libtorch-cuda-12.8-linux-x64 or -win-x64 2.10.0 instead of the "
                            + "CPU's package and install NVIDIA's driver (CUDA 12.8), or use TorchDevice.Cpu, TorchDevice.Auto or a ManagedEngine."
                        : $"The device {wanted} was asked for; there are {devices} CUDA devices, numbered from 0.",
                    null);
        }

        return new TorchProbe(devices > 0 ? new Device(DeviceType.CUDA, 0) : CPU, string.Empty, null);
    }

    /// <summary>What a failure to load comes from, as far as it can be told, and what to do.</summary>
    internal static string Remedy(Exception exception)
    {
        // TorchSharp's messages go on with pages of what it tried: the inner exception keeps them.
        string all = string.Join(" ", Chain(exception).Select(inner => inner.Message.Split('\n', 2)[0].Trim()));
        string package = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "libtorch-cpu-win-x64"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "libtorch-cpu-osx-arm64"
            : "libtorch-cpu-linux-x64";
        string advice = RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
            ? $"Reference the package {package} 2.10.0 in the application (or a CUDA package). On hosts with a C++ runtime older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9) also set "
                + "<AnomalyKitTorchOlderRuntime>true</AnomalyKitTorchOlderRuntime> in the application's project"
            : $"Reference the package {package} 2.10.0 in the application (or a CUDA package)";
        return $"TorchSharp's native library could not be loaded. {advice}; or leave the trainer's Engine at its default, ManagedEngine, which needs no native library. It said: {all}";
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
