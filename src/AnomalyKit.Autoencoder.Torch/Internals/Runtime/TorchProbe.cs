using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>What a look for a device found.</summary>
/// <param name="Device">The device, or null if it cannot be used.</param>
/// <param name="Problem">What is wrong and what to do, if it cannot be used.</param>
/// <param name="Cause">What TorchSharp threw, if anything.</param>
internal readonly record struct TorchProbe(Device? Device, string Problem, Exception? Cause);
