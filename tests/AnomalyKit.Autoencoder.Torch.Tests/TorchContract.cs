using AnomalyKit.ContractTests;
using AnomalyKit.Persistence;

namespace AnomalyKit.Autoencoder.Torch.Tests;

/// <summary>The contract suite over the detector as TorchSharp trains it.</summary>
public sealed class TorchDetectors : IDetectorList
{
    public IReadOnlyList<DetectorRegistration> Detectors { get; } =
    [
        new("autoencoder", (seed, scaling, threshold) => new AutoencoderTrainer
        {
            Engine = new TorchEngine { Device = TorchDevice.Cpu },
            Seed = seed,
            Scaling = scaling,
            Threshold = threshold,
            MaxEpochs = 10,
        })
        {
            NewSlowTrainer = () => new AutoencoderTrainer { Engine = new TorchEngine { Device = TorchDevice.Cpu }, HiddenWidths = [256, 128, 256], MaxEpochs = 8, Threshold = ThresholdRule.Fixed(0.5) },
            IsRandomised = true,
        },
    ];

    public ModelCatalog Catalog => DetectorFile.Catalog;
}

public sealed class Scoring : ScoringContract<TorchDetectors>;

public sealed class Fitting : FittingContract<TorchDetectors>;

public sealed class Framing : FrameContract<TorchDetectors>;

public sealed class BadInput : BadInputContract<TorchDetectors>;

public sealed class Attributing : AttributionContract<TorchDetectors>;
