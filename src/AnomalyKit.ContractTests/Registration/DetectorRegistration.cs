namespace AnomalyKit.ContractTests;

/// <summary>Makes a trainer of one kind of detector; small enough to be fitted many times per second on a few hundred rows.</summary>
/// <param name="seed">The seed of its random choices; ignored where there are none.</param>
/// <param name="scaling">How columns are scaled.</param>
/// <param name="threshold">How the threshold follows from the training scores.</param>
/// <returns>The trainer.</returns>
public delegate IDetectorTrainer TrainerFactory(ulong seed, FeatureScaling scaling, ThresholdRule threshold);

/// <summary>What the contract suite has to know of a kind of detector. Everything in it is public API: outside detectors register the same way.</summary>
/// <param name="Name">The kind, as <see cref="DetectorInfo.Kind"/> says it.</param>
/// <param name="NewTrainer">Makes a trainer.</param>
public sealed record DetectorRegistration(string Name, TrainerFactory NewTrainer)
{
    /// <summary>A trainer that is busy for a second or more on <see cref="SlowRows"/> normal rows of 8 columns: something to cancel.</summary>
    public required Func<IDetectorTrainer> NewSlowTrainer { get; init; }

    /// <summary>The rows for <see cref="NewSlowTrainer"/>.</summary>
    public int SlowRows { get; init; } = 20_000;

    /// <summary>Whether another seed gives another model.</summary>
    public bool IsRandomised { get; init; }

    /// <summary>The fewest rows that it can be fitted on; shapes with fewer are left out.</summary>
    public int MinRows { get; init; } = 2;

    /// <summary>The least area under the ROC curve on the easy set: 5 % of the rows far away from two dense clouds.</summary>
    public double EasyAuc { get; init; } = 0.98;

    /// <summary>
    /// How much a score may change, relative to the spread of the scores, when the same values come with other column offsets: the cells then
    /// round differently.
    /// </summary>
    public double OffsetTolerance { get; init; } = 1e-3;

    public IAnomalyDetector Fit(FeatureMatrix data, ulong seed = 1, FitOptions? options = null) =>
        NewTrainer(seed, FeatureScaling.None, ThresholdRule.Contamination(0.05)).Fit(data, options);

    public IAnomalyDetector Fit(FeatureMatrix data, FeatureScaling scaling) =>
        NewTrainer(1, scaling, ThresholdRule.Contamination(0.05)).Fit(data);

    public IAnomalyDetector Fit(FeatureMatrix data, ThresholdRule threshold) => NewTrainer(1, FeatureScaling.None, threshold).Fit(data);
}
