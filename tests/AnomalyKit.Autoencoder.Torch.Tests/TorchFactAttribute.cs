namespace AnomalyKit.Autoencoder.Torch.Tests;

/// <summary>A test that needs LibTorch: reported as skipped, with the reason, where it cannot be loaded.</summary>
internal sealed class TorchFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(WhyNot);

    public TorchFactAttribute() => Skip = Reason.Value;

    private static string? WhyNot()
    {
        var probe = TorchRuntime.Find(TorchDevice.Cpu);
        return probe.Device is null ? probe.Problem : null;
    }
}
