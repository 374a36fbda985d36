namespace AnomalyKit;

/// <summary>The base of all trainers: checks the data, fits the scaling, lets the algorithm fit its model, and sets threshold and calibration.</summary>
/// <typeparam name="TDetector">The detector that <see cref="Fit"/> returns.</typeparam>
public abstract record DetectorTrainer<TDetector> : IDetectorTrainer
    where TDetector : AnomalyDetector<TDetector>, IDetectorKind<TDetector>
{
    /// <summary>How columns are scaled before the algorithm sees them; the fitted scaling is kept in the detector. Each trainer states its default.</summary>
    public FeatureScaling Scaling
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = FeatureScaling.None;

    /// <summary>
    /// How the threshold follows from the scores of the training rows. By default <see cref="ThresholdRule.Contamination"/> with 0.01: at most one
    /// training row in a hundred is flagged, and of fewer than 100 rows the greatest score where it stands apart. A rule that looks at scores costs one scoring pass over the training rows;
    /// <see cref="ThresholdRule.Fixed"/> costs nothing.
    /// </summary>
    public ThresholdRule Threshold
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = ThresholdRule.Contamination(0.01);

    /// <summary>
    /// How scores are brought to a scale with a meaning; the fitted calibration is kept in the detector. None by default. All but <see cref="ScoreCalibration.None"/>
    /// cost one scoring pass over the training rows, which the threshold shares. With <see cref="ScoreCalibration.Conformal"/> a share of the rows is set aside:
    /// the model is fitted on the others, threshold and calibration are found on those.
    /// </summary>
    public ScoreCalibration Calibration
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = ScoreCalibration.None;

    /// <summary>The fewest rows that the algorithm can be fitted on; 2 unless the algorithm needs more.</summary>
    protected virtual int MinRows => 2;

    /// <inheritdoc cref="IDetectorTrainer.AcceptsMissing"/>
    /// <value>False unless the algorithm says otherwise.</value>
    protected virtual bool AcceptsMissing => false;

    /// <inheritdoc cref="IDetectorTrainer.AcceptsCategories"/>
    /// <value>False unless the algorithm says otherwise.</value>
    protected virtual bool AcceptsCategories => false;

    bool IDetectorTrainer.AcceptsMissing => AcceptsMissing;

    bool IDetectorTrainer.AcceptsCategories => AcceptsCategories;

    /// <inheritdoc cref="IDetectorTrainer.Fit"/>
    public TDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var context = Start(data, options, cancellationToken);
        return FitRows(CheckedRows.Check(data, context.Part(0, 0.05)), scoresAreAskedFor: false, context).Detector;
    }

    /// <inheritdoc cref="IDetectorTrainer.FitAndScore(FeatureMatrix, FitOptions, CancellationToken)"/>
    public FitResult<TDetector> FitAndScore(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var context = Start(data, options, cancellationToken);
        return FitRows(CheckedRows.Check(data, context.Part(0, 0.05)), scoresAreAskedFor: true, context);
    }

    /// <inheritdoc cref="IDetectorTrainer.FitAndScore(CheckedRows, FitOptions, CancellationToken)"/>
    public FitResult<TDetector> FitAndScore(CheckedRows rows, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return FitRows(rows, scoresAreAskedFor: true, Start(rows.Data, options, cancellationToken));
    }

    IAnomalyDetector IDetectorTrainer.Fit(FeatureMatrix data, FitOptions? options, CancellationToken cancellationToken) =>
        Fit(data, options, cancellationToken);

    FitResult<IAnomalyDetector> IDetectorTrainer.FitAndScore(FeatureMatrix data, FitOptions? options, CancellationToken cancellationToken) =>
        Widened(FitAndScore(data, options, cancellationToken));

    FitResult<IAnomalyDetector> IDetectorTrainer.FitAndScore(CheckedRows rows, FitOptions? options, CancellationToken cancellationToken) =>
        Widened(FitAndScore(rows, options, cancellationToken));

    /// <inheritdoc/>
    /// <remarks>The default is two copies of the rows: one scaled, one of the algorithm's own.</remarks>
    public virtual long EstimateMemory(int rows, int columns) => 8L * rows * columns;

    /// <summary>Passes an option's value on where it lies in the option's range, for <c>init</c> properties.</summary>
    /// <param name="value">The value.</param>
    /// <param name="minimum">The least that is allowed.</param>
    /// <param name="maximum">The most that is allowed.</param>
    /// <param name="option">The option's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range; the message names option, value and range.</exception>
    protected static int InRange(int value, int minimum, int maximum, string option) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} must lie between {minimum} and {maximum}.");

    /// <summary>Checks options against the data, before anything is computed. The default accepts everything.</summary>
    /// <param name="data">The training rows.</param>
    /// <exception cref="ArgumentException">An option does not fit the data; the message names both and the remedy.</exception>
    protected virtual void Validate(FeatureMatrix data)
    {
    }

    /// <summary>Fits the model.</summary>
    /// <param name="training">The rows, with the fitted scaling.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <returns>The model, behind the transform of <paramref name="training"/>, and the scores of the training rows where it came by them on the way.</returns>
    protected abstract ModelFit FitDetector(TrainingSet training, FitContext context);

    private static FitResult<IAnomalyDetector> Widened(FitResult<TDetector> result) => new(result.Detector, result.TrainingScores);

    private FitContext Start(FeatureMatrix data, FitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        ColumnKindChecks.ThrowIfUnusable(data.Schema, AcceptsMissing, AcceptsCategories, Scaling, GetType().Name, nameof(data));
        ThrowIfFew(data, 0);
        Validate(data);
        return new FitContext(options, cancellationToken);
    }

    private void ThrowIfFew(FeatureMatrix data, int setAside)
    {
        if (data.RowCount - setAside >= MinRows)
            return;
        string aside = setAside > 0 ? $", of which {setAside} are set aside for the calibration '{Calibration}'" : string.Empty;
        throw new ArgumentException(
            $"The data has {data.RowCount} rows{aside}; {GetType().Name} needs at least {MinRows} to be fitted.", nameof(data));
    }

    private FitResult<TDetector> FitRows(CheckedRows rows, bool scoresAreAskedFor, FitContext context)
    {
        FitResult<TDetector> result;
        if (Calibration.HeldOutFraction > 0)
        {
            var split = HeldOutRows.Draw(rows.Data.RowCount, Calibration);
            ThrowIfFew(rows.Data, split.HeldOut.Length);
            result = FitSplit(rows, split, scoresAreAskedFor, context);
        }
        else
        {
            result = FitWhole(rows, scoresAreAskedFor, context);
        }

        context.Complete();
        return result;
    }

    private FitResult<TDetector> FitWhole(CheckedRows rows, bool scoresAreAskedFor, FitContext context)
    {
        bool scoresAreWanted = scoresAreAskedFor || Threshold.NeedsScores || Calibration.NeedsScores;
        var fit = FitModel(rows, scoresAreWanted, context);
        float[] scores = scoresAreWanted ? ScoresOf(fit, rows, context.Part(0.8, 1)) : [];
        return new FitResult<TDetector>(Framed(fit.Model, rows.Data.Schema, scores), scores);
    }

    private FitResult<TDetector> FitSplit(CheckedRows rows, HeldOutRows split, bool scoresAreAskedFor, FitContext context)
    {
        var fitted = rows.Select(split.Fitted);
        var fit = FitModel(fitted, scoresAreAskedFor, context);
        float[] heldOut = TrainingSet.Score(fit.Model, rows.Select(split.HeldOut), context.Part(0.8, 0.9));
        var scores = new float[scoresAreAskedFor ? rows.Data.RowCount : 0];
        if (scoresAreAskedFor)
        {
            float[] own = ScoresOf(fit, fitted, context.Part(0.9, 1));
            for (int i = 0; i < own.Length; i++)
                scores[split.Fitted[i]] = own[i];
            for (int i = 0; i < heldOut.Length; i++)
                scores[split.HeldOut[i]] = heldOut[i];
        }

        return new FitResult<TDetector>(Framed(fit.Model, rows.Data.Schema, heldOut), scores);
    }

    private ModelFit FitModel(CheckedRows rows, bool scoresAreWanted, FitContext context)
    {
        var training = new TrainingSet(rows, rows.Fit(Scaling, context.Part(0.05, 0.1)), scoresAreWanted);
        var fit = FitDetector(training, context.Part(0.1, 0.8));
        context.CancellationToken.ThrowIfCancellationRequested();
        return fit;
    }

    private static float[] ScoresOf(ModelFit fit, CheckedRows rows, FitContext context) => fit.TrainingScores ?? TrainingSet.Score(fit.Model, rows, context);

    private TDetector Framed(DetectorModel model, FeatureSchema schema, ReadOnlySpan<float> scores)
    {
        double threshold = Threshold.Resolve(scores);
        if (double.IsNaN(threshold))
            throw new InvalidOperationException($"The rule '{Threshold}' gave NaN; a threshold must be a number.");
        var frame = new DetectorFrame(schema, model.Transform, threshold, Threshold.Describe(scores.Length))
        {
            Calibrator = Calibration.NeedsScores ? Calibration.Fit(scores) : null,
        };
        return TDetector.Create(frame, model);
    }
}
