using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>Every detector of AnomalyKit. A new detector adds one entry here and is held to the whole contract.</summary>
public sealed class RegisteredDetectors : IDetectorList
{
    public IReadOnlyList<DetectorRegistration> Detectors { get; } =
    [
        new("autoencoder", (seed, scaling, threshold) => new AutoencoderTrainer
        {
            Seed = seed,
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            NewSlowTrainer = () => new AutoencoderTrainer { HiddenWidths = [256, 128, 256], MaxEpochs = 8, Threshold = ThresholdRule.Fixed(0.5) },
            IsRandomised = true,
        },
        new("elliptic-envelope", (seed, scaling, threshold) => new EllipticEnvelopeTrainer
        {
            Seed = seed,
            RandomStarts = 100,
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            // Random starts, yet not randomised here: on few rows every seed ends at the same subset, and the estimate is a function of the subset.
            NewSlowTrainer = () => new EllipticEnvelopeTrainer { RandomStarts = 3000, Threshold = ThresholdRule.Fixed(0.5) },
        },
        new("ensemble", (seed, scaling, threshold) => new EnsembleTrainer
        {
            Members =
            [
                new("forest", new IsolationForestTrainer { TreeCount = 20, Seed = seed }),
                new("envelope", new EllipticEnvelopeTrainer { Seed = seed, RandomStarts = 20 }),
                new("neighbours", new NearestNeighborsTrainer { Scaling = FeatureScaling.Standard, SampleSize = 150, Seed = seed }),
            ],
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            NewSlowTrainer = () => new EnsembleTrainer
            {
                Members = [new("slow", new IsolationForestTrainer { TreeCount = 10_000 }), new("slower", new EllipticEnvelopeTrainer { RandomStarts = 3000 })],
                Threshold = ThresholdRule.Fixed(0.5),
            },
            IsRandomised = true,
        },
        new("isolation-forest", (seed, scaling, threshold) => new IsolationForestTrainer
        {
            TreeCount = 40,
            Seed = seed,
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            NewSlowTrainer = () => new IsolationForestTrainer { TreeCount = 10_000, Threshold = ThresholdRule.Fixed(0.5) },
            IsRandomised = true,
        },
        new("local-outlier-factor", (seed, scaling, threshold) => new LocalOutlierFactorTrainer
        {
            Seed = seed,
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            NewSlowTrainer = () => new LocalOutlierFactorTrainer { Neighbors = 1000, Threshold = ThresholdRule.Fixed(0.5) },
        },
        new("nearest-neighbors", (seed, scaling, threshold) => new NearestNeighborsTrainer
        {
            SampleSize = 150,
            SubsetCount = 2,
            Seed = seed,
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            NewSlowTrainer = () => new NearestNeighborsTrainer { Neighbors = 1000, Threshold = ThresholdRule.Fixed(0.5) },
            IsRandomised = true,
        },
        new("one-class-svm", (_, scaling, threshold) => new OneClassSvmTrainer
        {
            // Twice the easy set's share of anomalies: with fewer outside, the anomalies themselves are what the boundary leans on.
            Nu = 0.1,
            Scaling = scaling,
            Threshold = threshold,
        })
        {
            NewSlowTrainer = () => new OneClassSvmTrainer
            {
                Nu = 0.5,
                Kernel = SvmKernel.Rbf(0.5),
                Tolerance = 1e-9,
                Threshold = ThresholdRule.Fixed(0.5),
            },
            SlowRows = 50_000,
        },
    ];

    public ModelCatalog Catalog => DetectorFile.Catalog;
}

public sealed class Registration
{
    [Fact]
    public void Every_kind_that_can_be_loaded_is_registered() =>
        Assert.Equal(DetectorFile.Catalog.DetectorKinds.Order(), new RegisteredDetectors().Detectors.Select(detector => detector.Name).Order());
}

public sealed class Scoring : ScoringContract<RegisteredDetectors>;

public sealed class ScoringForms : ScoringFormsContract<RegisteredDetectors>;

public sealed class Fitting : FittingContract<RegisteredDetectors>;

public sealed class Calibrating : CalibrationContract<RegisteredDetectors>;

public sealed class Framing : FrameContract<RegisteredDetectors>;

public sealed class Saving : ModelFileContract<RegisteredDetectors>;

public sealed class BadInput : BadInputContract<RegisteredDetectors>;

public sealed class HostileFiles : HostileFileContract<RegisteredDetectors>;

public sealed class Values : ValuesContract<RegisteredDetectors>;

public sealed class Tables : TableContract<RegisteredDetectors>;

public sealed class Weights : WeightsContract<RegisteredDetectors>;

public sealed class Attributing : AttributionContract<RegisteredDetectors>;
