namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>A detector with its options, ready to be fitted.</summary>
/// <param name="Description">The options in a line, for the report.</param>
/// <param name="Trainer">Its trainer. An ensemble's asks for its members, by their names: detectors fitted under the same protocol with the same settings, now or before.</param>
internal sealed record DetectorSetup(string Description, Func<Func<string, EnsembleMember>, IDetectorTrainer> Trainer)
{
    /// <summary>A trainer that needs no others.</summary>
    public DetectorSetup(string description, IDetectorTrainer trainer)
        : this(description, _ => trainer) => Own = trainer;

    /// <summary>The trainer where it needs no others; null otherwise.</summary>
    public IDetectorTrainer? Own { get; }

    /// <summary>Which training rows it is fitted on.</summary>
    public TrainingRows Rows { get; init; } = TrainingRows.All;

    /// <summary>Whether the threshold was set with <see cref="SettingsContext.KnownFraudRate"/>; the report says so.</summary>
    public bool UsesKnownFraudRate { get; init; }
}
