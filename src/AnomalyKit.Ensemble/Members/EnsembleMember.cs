using AnomalyKit.Ensemble;

namespace AnomalyKit;

/// <summary>A member of an ensemble that is yet to be fitted.</summary>
public sealed record EnsembleMember
{
    /// <summary>Names a member.</summary>
    /// <param name="name">How the member is called in reports and files; unique in its ensemble.</param>
    /// <param name="trainer">How it is fitted. Its own threshold matters for votes only; its own calibration is kept and not used.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public EnsembleMember(string name, IDetectorTrainer trainer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(trainer);
        Name = name;
        Trainer = trainer;
    }

    /// <summary>How the member is called in reports and files.</summary>
    public string Name { get; }

    /// <summary>How it is fitted.</summary>
    public IDetectorTrainer Trainer { get; }

    /// <summary>How much the member counts before any weighting that the training scores suggest.</summary>
    /// <value>Above 0 and finite; 1 by default. Only ratios matter.</value>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not a finite number above 0.</exception>
    public double Weight
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Weight), value, "A member's weight is a finite number above 0.");
    } = 1;

    /// <summary>A member that was fitted before, for example one loaded from a file. Only its calibration and weight are then found on the ensemble's training rows.</summary>
    /// <param name="name">How the member is called.</param>
    /// <param name="detector">The fitted detector, of the same columns as the ensemble's training rows.</param>
    /// <returns>A member whose fit hands the detector out. Its scores of the training rows are those of new rows.</returns>
    public static EnsembleMember Fitted(string name, IAnomalyDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return new EnsembleMember(name, new FittedTrainer(detector));
    }

    /// <summary>A member that was fitted before, and whose scores of the ensemble's training rows are known: they are not made again.</summary>
    /// <param name="name">How the member is called.</param>
    /// <param name="detector">The fitted detector, of the same columns as the ensemble's training rows.</param>
    /// <param name="trainingScores">One score for each training row of the ensemble, in their order, as <see cref="IDetectorTrainer.FitAndScore(FeatureMatrix, FitOptions, CancellationToken)"/> gives them.</param>
    /// <returns>A member whose fit hands out the detector and the scores.</returns>
    public static EnsembleMember Fitted(string name, IAnomalyDetector detector, ReadOnlyMemory<float> trainingScores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return new EnsembleMember(name, new ScoredTrainer(new FittedTrainer(detector), trainingScores));
    }
}
