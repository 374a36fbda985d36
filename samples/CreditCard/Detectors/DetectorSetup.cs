namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>A detector with its options, ready to be fitted.</summary>
/// <param name="Description">The options in a line, for the report.</param>
/// <param name="Fit">Fits it.</param>
internal sealed record DetectorSetup(string Description, Func<FitRequest, IAnomalyDetector> Fit)
{
    /// <summary>A trainer with its options.</summary>
    public DetectorSetup(string description, IDetectorTrainer trainer)
        : this(description, request => trainer.Fit(request.Rows, request.Options, request.CancellationToken)) => Trainer = trainer;

    /// <summary>The trainer; null where the detector is made in another way.</summary>
    public IDetectorTrainer? Trainer { get; }

    /// <summary>Which training rows it is fitted on.</summary>
    public TrainingRows Rows { get; init; } = TrainingRows.All;

    /// <summary>Whether the threshold was set with <see cref="SettingsContext.KnownFraudRate"/>; the report says so.</summary>
    public bool UsesKnownFraudRate { get; init; }
}
