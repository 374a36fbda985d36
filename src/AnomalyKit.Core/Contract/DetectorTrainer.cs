namespace AnomalyKit;

/// <summary>The base of all trainers: checks the data, fits the scaling, lets the algorithm fit its model, and sets the threshold.</summary>
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

    /// <summary>The fewest rows that the algorithm can be fitted on; 2 unless the algorithm needs more.</summary>
    protected virtual int MinimumRows => 2;

    /// <inheritdoc cref="IDetectorTrainer.Fit"/>
    public TDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        if (data.RowCount < MinimumRows)
        {
            throw new ArgumentException(
                $"The data has {data.RowCount} rows; {GetType().Name} needs at least {MinimumRows} to be fitted.", nameof(data));
        }

        Validate(data);
        var context = new FitContext(options, cancellationToken);
        CheckFinite(data, context.Part(0, 0.05));
        var transform = Scaling.Fit(data, context.Part(0.05, 0.1));
        if (transform.InputColumns != data.ColumnCount)
        {
            throw new ArgumentException(
                $"The scaling was fitted on {transform.InputColumns} columns; the data has {data.ColumnCount}.", nameof(data));
        }

        var training = new TrainingSet(data, transform);
        var frame = new DetectorFrame(data.Schema, transform, double.NaN, "not set yet");
        var detector = FitDetector(training, frame, context.Part(0.1, 0.8));
        cancellationToken.ThrowIfCancellationRequested();

        float[] scores = [];
        if (Threshold.NeedsScores)
        {
            scores = GC.AllocateUninitializedArray<float>(data.RowCount);
            ScoreTraining(detector, training, scores, context.Part(0.8, 1));
        }

        var fitted = (TDetector)detector.WithThreshold(Threshold, scores);
        context.Complete();
        return fitted;
    }

    IAnomalyDetector IDetectorTrainer.Fit(FeatureMatrix data, FitOptions? options, CancellationToken cancellationToken) =>
        Fit(data, options, cancellationToken);

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
        detector.Score(
            training.Raw,
            scores,
            new ScoreOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                Progress = new ScoreProgress(context),
            },
            context.CancellationToken);

    private static void CheckFinite(FeatureMatrix data, FitContext context)
    {
        int blocks = (int)(((long)data.RowCount + CheckRows - 1) / CheckRows);
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
