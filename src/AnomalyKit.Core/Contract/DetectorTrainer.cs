using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The base of all trainers: checks the data, fits the scaling, lets the algorithm fit its model, and sets threshold and calibration.</summary>
/// <typeparam name="TDetector">The detector that <see cref="Fit"/> returns.</typeparam>
public abstract record DetectorTrainer<TDetector> : IDetectorTrainer
    where TDetector : AnomalyDetector
{
    private const int CheckRows = 16384;

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
    /// training row in a hundred is flagged. A rule that looks at scores costs one scoring pass over the training rows;
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
    protected virtual int MinimumRows => 2;

    /// <inheritdoc cref="IDetectorTrainer.Fit"/>
    public TDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        FitChecked(data, null, options, cancellationToken);

    /// <inheritdoc cref="IDetectorTrainer.FitAndScore"/>
    public TDetector FitAndScore(
        FeatureMatrix data, Memory<float> trainingScores, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return trainingScores.Length == data.RowCount
            ? FitChecked(data, trainingScores, options, cancellationToken)
            : throw new ArgumentException($"Room for {trainingScores.Length} scores; the data has {data.RowCount} rows.", nameof(trainingScores));
    }

    IAnomalyDetector IDetectorTrainer.Fit(FeatureMatrix data, FitOptions? options, CancellationToken cancellationToken) =>
        Fit(data, options, cancellationToken);

    IAnomalyDetector IDetectorTrainer.FitAndScore(
        FeatureMatrix data, Memory<float> trainingScores, FitOptions? options, CancellationToken cancellationToken) =>
        FitAndScore(data, trainingScores, options, cancellationToken);

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
    /// <param name="frame">The frame of the detector; its threshold is set afterwards.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <returns>The detector in the given frame.</returns>
    protected abstract TDetector FitDetector(TrainingSet training, DetectorFrame frame, FitContext context);

    /// <summary>The scores of the training rows that the threshold is found on. The default scores them as new rows.</summary>
    /// <param name="detector">The fitted detector.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="scores">Receives one score a row.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    protected virtual void ScoreTraining(TDetector detector, TrainingSet training, Span<float> scores, FitContext context) =>
        ScoreRows(detector, training.Raw, scores, context);

    private TDetector FitChecked(FeatureMatrix data, Memory<float>? trainingScores, FitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFew(data, 0);
        Validate(data);
        var context = new FitContext(options, cancellationToken);
        CheckFinite(data, context.Part(0, 0.05));
        TDetector fitted;
        if (Calibration.HeldOutShare > 0)
        {
            var split = HeldOutRows.Draw(data.RowCount, Calibration);
            ThrowIfFew(data, split.HeldOut.Length);
            fitted = FitSplit(data, split, trainingScores, context);
        }
        else
        {
            fitted = FitWhole(data, trainingScores, context);
        }

        context.Complete();
        return fitted;
    }

    private void ThrowIfFew(FeatureMatrix data, int setAside)
    {
        if (data.RowCount - setAside >= MinimumRows)
            return;
        string aside = setAside > 0 ? $", of which {setAside} are set aside for the calibration '{Calibration}'" : string.Empty;
        throw new ArgumentException(
            $"The data has {data.RowCount} rows{aside}; {GetType().Name} needs at least {MinimumRows} to be fitted.", nameof(data));
    }

    private TDetector FitWhole(FeatureMatrix data, Memory<float>? trainingScores, FitContext context)
    {
        bool wanted = trainingScores is not null || Threshold.NeedsScores || Calibration.NeedsScores;
        var (detector, training) = FitModel(data, wanted, context);
        var scores = trainingScores ?? (wanted ? GC.AllocateUninitializedArray<float>(data.RowCount) : Memory<float>.Empty);
        if (wanted)
            ScoreTraining(detector, training, scores.Span, context.Part(0.8, 1));
        return Finish(detector, scores.Span);
    }

    private TDetector FitSplit(FeatureMatrix data, HeldOutRows split, Memory<float>? trainingScores, FitContext context)
    {
        var (detector, training) = FitModel(data.SelectRows(split.Fitted), trainingScores is not null, context);
        var heldOut = new float[split.HeldOut.Length];
        var part = context.Part(0.8, 0.9);
        ScoreRows(detector, data.SelectRows(split.HeldOut), heldOut, part);
        if (trainingScores is { } all)
        {
            var own = new float[split.Fitted.Length];
            ScoreTraining(detector, training, own, context.Part(0.9, 1));
            for (int i = 0; i < own.Length; i++)
                all.Span[split.Fitted[i]] = own[i];
            for (int i = 0; i < heldOut.Length; i++)
                all.Span[split.HeldOut[i]] = heldOut[i];
        }

        return Finish(detector, heldOut);
    }

    private (TDetector Detector, TrainingSet Training) FitModel(FeatureMatrix data, bool ownScoresWanted, FitContext context)
    {
        var transform = Scaling.Fit(data, context.Part(0.05, 0.1));
        if (transform.InputColumns != data.ColumnCount)
        {
            throw new ArgumentException(
                $"The scaling was fitted on {transform.InputColumns} columns; the data has {data.ColumnCount}.", nameof(data));
        }

        var training = new TrainingSet(data, transform, ownScoresWanted);
        var frame = new DetectorFrame(data.Schema, transform, double.NaN, "not set yet");
        var detector = FitDetector(training, frame, context.Part(0.1, 0.8));
        context.CancellationToken.ThrowIfCancellationRequested();
        return (detector, training);
    }

    private TDetector Finish(TDetector detector, ReadOnlySpan<float> scores)
    {
        AnomalyDetector fitted = detector.WithThreshold(Threshold, scores);
        if (Calibration.NeedsScores)
            fitted = fitted.WithCalibration(Calibration, scores);
        return (TDetector)fitted;
    }

    private static void ScoreRows(TDetector detector, FeatureMatrix data, Span<float> scores, FitContext context) => detector.Score(
        data,
        scores,
        new ScoreOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            Progress = new ScoreProgress(context),
        },
        context.CancellationToken);

    private static void CheckFinite(FeatureMatrix data, FitContext context)
    {
        int blocks = Blocks.Count(data.RowCount, CheckRows);
        context.ForBlocks("checking the data", blocks, block =>
        {
            int end = (int)Math.Min(data.RowCount, (block + 1L) * CheckRows);
            for (int row = block * CheckRows; row < end;)
            {
                var rows = data.ContiguousRows(row, end - row);
                RowChecks.ThrowIfNotFinite(rows, row, data.Schema);
                row += rows.Length / data.ColumnCount;
            }
        });
    }

    private sealed class ScoreProgress(FitContext context) : IProgress<double>
    {
        public void Report(double value) => context.Report("scoring the training rows", value);
    }
}
