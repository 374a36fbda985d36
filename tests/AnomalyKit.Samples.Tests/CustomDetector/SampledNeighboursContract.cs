using AnomalyKit.ContractTests;
using AnomalyKit.Persistence;
using AnomalyKit.Samples.CustomDetector;

namespace AnomalyKit.Samples.Tests.CustomDetector;

/// <summary>The sample's detector under the published contract suite, as anybody would put theirs under it.</summary>
public sealed class OwnDetectors : IDetectorList
{
    public IReadOnlyList<DetectorRegistration> Detectors { get; } =
    [
        new("sampled-neighbours", (seed, scaling, threshold) => new SampledNeighboursTrainer { Seed = seed, Scaling = scaling, Threshold = threshold })
        {
            NewSlowTrainer = () => new SampledNeighboursTrainer { SampleSize = 10_000 },
            IsRandomised = true,
        },
    ];

    public ModelCatalog Catalog { get; } = DetectorFile.Catalog.With(SampledNeighboursDetector.Format);
}

public sealed class Scoring : ScoringContract<OwnDetectors>;

public sealed class ScoringForms : ScoringFormsContract<OwnDetectors>;

public sealed class Fitting : FittingContract<OwnDetectors>;

public sealed class Calibrating : CalibrationContract<OwnDetectors>;

public sealed class Framing : FrameContract<OwnDetectors>;

public sealed class Saving : ModelFileContract<OwnDetectors>;

public sealed class BadInput : BadInputContract<OwnDetectors>;

public sealed class HostileFiles : HostileFileContract<OwnDetectors>;

public sealed class Values : ValuesContract<OwnDetectors>;

public sealed class Tables : TableContract<OwnDetectors>;

public sealed class Attributing : AttributionContract<OwnDetectors>;
