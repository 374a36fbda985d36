using AnomalyKit.ContractTests;
using AnomalyKit.Persistence;

namespace AnomalyKit.Autoencoder.Torch.Tests;

/// <summary>The contract suite over the detector as TorchSharp trains it.</summary>
public sealed class TorchDetectors : IDetectorList
{
    public IReadOnlyList<DetectorRegistration> Detectors { get; } =
    [
        new("autoencoder", (seed, scaling, threshold) => new TorchAutoencoderTrainer
        {
            Seed = seed,
            Scaling = scaling,
            Threshold = threshold,
            Epochs = 10,
            Device = TorchDevice.Cpu,
        })
        {
            NewSlowTrainer = () => new TorchAutoencoderTrainer { HiddenWidths = [256, 128, 256], Threshold = ThresholdRule.Fixed(0.5), Device = TorchDevice.Cpu },
            IsRandomised = true,
        },
    ];

    public ModelCatalog Catalog => DetectorFile.Catalog;
}

public sealed class Scoring : ScoringContract<TorchDetectors>;

public sealed class Fitting : FittingContract<TorchDetectors>;

public sealed class Framing : FrameContract<TorchDetectors>;

public sealed class BadInput : BadInputContract<TorchDetectors>;
