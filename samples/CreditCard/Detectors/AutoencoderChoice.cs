namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>What trains the autoencoder. TorchSharp is part of builds with <c>-p:Torch=true</c> alone, since its native library is large.</summary>
internal static class AutoencoderChoice
{
    public const string Managed = "managed";

    public const string Torch = "torch";

    /// <summary>The trainer of a name, on a device.</summary>
    /// <exception cref="SampleException">There is no such trainer or device, or this build has no TorchSharp.</exception>
    public static AutoencoderTrainer Of(string trainer, string? device) => trainer switch
    {
        Managed when device is null => new AutoencoderTrainer(),
        Managed => throw new SampleException($"--device {device} is for --trainer torch; managed training runs on the CPU."),
        Torch => TorchTrainer(device ?? "auto"),
        _ => throw new SampleException($"There is no trainer '{trainer}'. Available: {Managed}, {Torch}."),
    };

#if TORCH
    private static AutoencoderTrainer TorchTrainer(string device) => new() { Engine = new TorchEngine { Device = Device(device) } };

    private static TorchDevice Device(string name)
    {
        if (name is "auto")
            return TorchDevice.Auto;
        if (name is "cpu")
            return TorchDevice.Cpu;
        if (name is "cuda")
            return TorchDevice.Cuda();
        return name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture, out int index) && index >= 0
            ? TorchDevice.Cuda(index)
            : throw new SampleException($"There is no device '{name}'. Available: auto, cpu, cuda, cuda:N.");
    }
#else
    private static AutoencoderTrainer TorchTrainer(string device) => throw new SampleException(
        $"This build has no TorchSharp, so --trainer torch on {device} cannot run. Build it in: dotnet run -c Release --project samples/CreditCard -p:Torch=true -- --trainer torch");
#endif
}
