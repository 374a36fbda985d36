namespace AnomalyKit.Quality;

/// <summary>What to tune, and how.</summary>
/// <param name="Detectors">The detectors.</param>
/// <param name="Rows">The most rows of a set.</param>
/// <param name="Trials">The settings that a search tries.</param>
/// <param name="OuterFolds">The outer folds of the estimate.</param>
/// <param name="Seed">Draws everything.</param>
internal sealed record TunedOptions(IReadOnlyList<KeyValuePair<string, QualityDetectors.Setup>> Detectors, int Rows, int Trials, int OuterFolds, int Seed)
{
    /// <summary>A search with these options.</summary>
    public DetectorSearch Search(IDetectorTrainer trainer) => new(trainer) { TrialCount = Trials, OuterFolds = OuterFolds, Seed = (ulong)Seed };
}
