namespace AnomalyKit.Autoencoder.Training;

/// <summary>The options of a training run with everything that was left to defaults decided.</summary>
internal sealed record TrainingPlan
{
    public required int MaxEpochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public required LearningRateSchedule Schedule { get; init; }

    public required double WeightDecay { get; init; }

    public required double DropoutFraction { get; init; }

    public required double InputNoise { get; init; }

    public required double? MaxGradientNorm { get; init; }

    public required double TrimmedFraction { get; init; }

    public required int? Patience { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The learning rate of an epoch.</summary>
    public double RateOf(int epoch) => Schedule switch
    {
        LearningRateSchedule.Linear => LearningRate * (MaxEpochs - epoch) / MaxEpochs,
        LearningRateSchedule.Cosine => LearningRate * 0.5 * (1 + Math.Cos(Math.PI * epoch / MaxEpochs)),
        _ => LearningRate,
    };
}
