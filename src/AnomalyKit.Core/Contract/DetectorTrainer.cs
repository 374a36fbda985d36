using AnomalyKit.Profiles;

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

    /// <inheritdoc/>
    /// <remarks>False unless the algorithm overrides it. Rows of weight 0 are left out, and weights of 1 are dropped, before the algorithm sees them: every trainer takes those.</remarks>
    public virtual bool AcceptsWeights => false;

    /// <summary>The fewest rows that the algorithm can be fitted on; 2 unless the algorithm needs more. Rows of weight 0 do not count.</summary>
    protected virtual int MinRows => 2;

    /// <inheritdoc cref="IDetectorTrainer.AcceptsMissing"/>
    /// <value>False unless the algorithm says otherwise.</value>
    public virtual bool AcceptsMissing => false;

    /// <inheritdoc cref="IDetectorTrainer.AcceptsCategories"/>
    /// <value>False unless the algorithm says otherwise.</value>
    public virtual bool AcceptsCategories => false;

    /// <summary>Why the algorithm does not take row weights where <see cref="AcceptsWeights"/> is false: a sentence for the error message.</summary>
    protected virtual string WeightsRefusal => "Its algorithm does not know row weights.";

    /// <inheritdoc cref="IDetectorTrainer.Fit"/>
    public TDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var present = Start(data, options, cancellationToken, out var context);
        return FitRows(present, CheckedRows.Check(data, context.Part(0, 0.05)), scoresAreAskedFor: false, context).Detector;
    }

    /// <inheritdoc cref="IDetectorTrainer.FitAndScore(FeatureMatrix, FitOptions, CancellationToken)"/>
    public FitResult<TDetector> FitAndScore(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var present = Start(data, options, cancellationToken, out var context);
        return FitRows(present, CheckedRows.Check(data, context.Part(0, 0.05)), scoresAreAskedFor: true, context);
    }

    /// <inheritdoc cref="IDetectorTrainer.FitAndScore(CheckedRows, FitOptions, CancellationToken)"/>
    public FitResult<TDetector> FitAndScore(CheckedRows rows, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var present = Start(rows.Data, options, cancellationToken, out var context);
        return FitRows(present, rows, scoresAreAskedFor: true, context);
    }

    /// <inheritdoc/>
    /// <remarks>Where the algorithm names rows, and neither <see cref="Scaling"/> nor <see cref="Calibration"/> (one that sets rows aside) looks at others: these, and those of the profile.</remarks>
    public RowSubset? DrawRows(long totalRowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalRowCount);
        if (Scaling != FeatureScaling.None || Calibration.HeldOutFraction > 0 || DrawModelRows(totalRowCount) is not { } rows)
            return null;
        return new RowSubset(totalRowCount, rows.Concat(ProfileSample.AllOf(totalRowCount)).Distinct().Order());
    }

    /// <inheritdoc/>
    public TDetector FitDrawn(FeatureMatrix data, RowSubset rows, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(rows);
        if (DrawRows(rows.TotalRowCount) is null)
            throw new NotSupportedException($"{GetType().Name} looks at all rows with these options, so it cannot be fitted from some of them. Fit it on a sample of the rows.");
        if (rows.Count != data.RowCount)
            throw new ArgumentException($"{rows.Count} row numbers for {data.RowCount} rows.", nameof(rows));
        if (data.HasWeights)
            throw new ArgumentException("Some rows of a longer table cannot have weights: which rows are drawn depends on all of them. Drop the weights with WithWeights(default).", nameof(data));
        var present = Start(data, options, cancellationToken, out var context);
        var result = FitWhole(present.Of(CheckedRows.Check(data, context.Part(0, 0.05))), rows, scoresAreAskedFor: false, context);
        context.Complete();
        return result.Detector;
    }

    IAnomalyDetector IDetectorTrainer.FitDrawn(FeatureMatrix data, RowSubset rows, FitOptions? options, CancellationToken cancellationToken) =>
        FitDrawn(data, rows, options, cancellationToken);

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

    /// <summary>The rows that the algorithm looks at, of so many; null (the default) where it looks at all of them, or where they are too many.</summary>
    /// <param name="totalRowCount">The rows of the whole table.</param>
    /// <returns>Numbers of rows, in any order, repeated or not. What must be known of all other rows is that they make no column vary that is constant in these.</returns>
    protected virtual IReadOnlyCollection<long>? DrawModelRows(long totalRowCount) => null;

    /// <summary>Fits the model.</summary>
    /// <param name="training">The rows, with the fitted scaling.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <returns>The model, behind the transform of <paramref name="training"/>, and the scores of the training rows where it came by them on the way.</returns>
    protected abstract ModelFit FitDetector(TrainingSet training, FitContext context);

    private static FitResult<IAnomalyDetector> Widened(FitResult<TDetector> result) => new(result.Detector, result.TrainingScores);

    /// <summary>Checks weights and options. Rows of weight 0 are left out here, so that nothing after this can tell them from rows that were never there.</summary>
    private PresentRows Start(FeatureMatrix data, FitOptions? options, CancellationToken cancellationToken, out FitContext context)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        ColumnKindChecks.ThrowIfUnusable(data.Schema, AcceptsMissing, AcceptsCategories, Scaling, GetType().Name, nameof(data));
        var present = PresentRows.Of(data);
        ThrowIfFew(present.Data, 0);
        if (present.Data.HasWeights)
            WeightChecks.ThrowIfRefused(this, present.Data, MinRows, Scaling, Threshold, Calibration, WeightsRefusal);
        Validate(present.Data);
        context = new FitContext(options, cancellationToken);
        return present;
    }

    private void ThrowIfFew(FeatureMatrix data, int setAside)
    {
        if (data.RowCount - setAside >= MinRows)
            return;
        string aside = setAside > 0 ? $", of which {setAside} are set aside for the calibration '{Calibration}'" : string.Empty;
        throw new ArgumentException(
            $"The data has {(data.RowCount == 1 ? "1 row" : $"{data.RowCount} rows")}{aside}; {GetType().Name} needs at least {MinRows} to be fitted.", nameof(data));
    }

    private FitResult<TDetector> FitRows(PresentRows present, CheckedRows rows, bool scoresAreAskedFor, FitContext context)
    {
        var result = FitPresent(present.Of(rows), scoresAreAskedFor, context);
        if (scoresAreAskedFor && present.Absent.Length > 0)
        {
            var absent = new float[present.Absent.Length];
            var scoring = new ScoreOptions { MaxDegreeOfParallelism = context.Threads };
            MatrixScoring.By(result.Detector, scoring, rowsAreChecked: true).Run(rows.Select(present.Absent).Data, absent, context.CancellationToken);
            result = new FitResult<TDetector>(result.Detector, present.Merge(result.TrainingScores.Span, absent));
        }

        context.Complete();
        return result;
    }

    private FitResult<TDetector> FitPresent(CheckedRows rows, bool scoresAreAskedFor, FitContext context)
    {
        if (Calibration.HeldOutFraction > 0)
        {
            var split = HeldOutRows.Draw(rows.Data.RowCount, Calibration);
            ThrowIfFew(rows.Data, split.HeldOut.Length);
            return FitSplit(rows, split, scoresAreAskedFor, context);
        }

        return FitWhole(rows, subset: null, scoresAreAskedFor, context);
    }

    private FitResult<TDetector> FitWhole(CheckedRows rows, RowSubset? subset, bool scoresAreAskedFor, FitContext context)
    {
        bool scoresAreWanted = scoresAreAskedFor || Threshold.NeedsScores || Calibration.NeedsScores;
        var fit = FitModel(rows, subset, scoresAreWanted, context);
        var part = context.Part(0.8, 0.95);
        float[] scores = !scoresAreWanted ? []
            : subset is null ? ScoresOf(fit, rows, part)
            : TrainingSet.Score(fit.Model, rows.Select(subset.IndexesOf(ScoreProfile.RowsOf(subset.TotalRowCount))), part);
        return new FitResult<TDetector>(Framed(fit.Model, rows.Data, rows.Data, subset, scores, context.Part(0.95, 1)), scores);
    }

    private FitResult<TDetector> FitSplit(CheckedRows rows, HeldOutRows split, bool scoresAreAskedFor, FitContext context)
    {
        var fitted = rows.Select(split.Fitted);
        var fit = FitModel(fitted, subset: null, scoresAreAskedFor, context);
        float[] heldOut = TrainingSet.Score(fit.Model, rows.Select(split.HeldOut), context.Part(0.8, 0.9));
        var scores = new float[scoresAreAskedFor ? rows.Data.RowCount : 0];
        if (scoresAreAskedFor)
        {
            float[] own = ScoresOf(fit, fitted, context.Part(0.9, 0.95));
            for (int i = 0; i < own.Length; i++)
                scores[split.Fitted[i]] = own[i];
            for (int i = 0; i < heldOut.Length; i++)
                scores[split.HeldOut[i]] = heldOut[i];
        }

        return new FitResult<TDetector>(Framed(fit.Model, rows.Data, null, null, heldOut, context.Part(0.95, 1)), scores);
    }

    private ModelFit FitModel(CheckedRows rows, RowSubset? subset, bool scoresAreWanted, FitContext context)
    {
        var training = new TrainingSet(rows, rows.Fit(Scaling, context.Part(0.05, 0.1)), scoresAreWanted, subset);
        var fit = FitDetector(training, context.Part(0.1, 0.8));
        context.CancellationToken.ThrowIfCancellationRequested();
        return fit;
    }

    private static float[] ScoresOf(ModelFit fit, CheckedRows rows, FitContext context) => fit.TrainingScores ?? TrainingSet.Score(fit.Model, rows, context);

    /// <summary>Sets threshold and calibration on scores, and keeps the profile of the rows.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="scored">The rows that the scores are of, with their weights; null where these were set aside, and have none.</param>
    /// <param name="subset">Where the rows stand in a longer table, of which the scores are a sample; null where they are all of it.</param>
    /// <param name="scores">One for each of them, or none at all.</param>
    /// <param name="context">The running fit.</param>
    private TDetector Framed(DetectorModel model, FeatureMatrix rows, FeatureMatrix? scored, RowSubset? subset, ReadOnlySpan<float> scores, FitContext context)
    {
        var weights = scored is null || scores.IsEmpty ? [] : scored.Weights.Span;
        double threshold = Threshold.Resolve(scores, weights);
        if (double.IsNaN(threshold))
            throw new InvalidOperationException($"The rule '{Threshold}' gave NaN; a threshold must be a number.");
        var profile = context.KeepProfile ? MatrixProfile.Of(rows, subset, areChecked: true, context.ProfileColumns, context) : null;
        if (!scores.IsEmpty)
            profile = profile?.WithScores(scores, weights, threshold, areHeldOut: scored is null);
        string origin = Threshold.Describe(WeightChecks.ScoreCount(scores.Length, weights));
        if (subset is not null && Threshold.NeedsScores && scores.Length < subset.TotalRowCount)
            origin += $" of {scores.Length} rows sampled from {subset.TotalRowCount}";
        if (scored is null && Threshold.NeedsScores && double.IsFinite(threshold))
            origin += $"; {HeldOutRows.Evidence(scores, threshold)}";
        var frame = new DetectorFrame(rows.Schema, model.Transform, threshold, origin)
        {
            Calibrator = Calibration.NeedsScores ? Calibration.Fit(scores, weights) : null,
            Profile = profile,
        };
        return TDetector.Create(frame, model);
    }
}
