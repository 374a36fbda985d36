using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The options of all trainers of autoencoders, whatever computes the gradients, and what they do around the training itself.</summary>
/// <remarks>
/// The network is trained to reproduce rows through layers narrower than a row. What most rows have in common passes; what is peculiar to few does not, and shows
/// as reconstruction error: N. Japkowicz, C. Myers, M. Gluck, <i>A Novelty Detection Approach to Classification</i>, IJCAI 1995; S. Hawkins, H. He, G. Williams,
/// R. Baxter, <i>Outlier Detection Using Replicator Neural Networks</i>, DaWaK 2002. By default columns are scaled by <see cref="FeatureScaling.Standard"/>.
/// </remarks>
public abstract record AutoencoderTrainerBase : DetectorTrainer<AutoencoderDetector>
{
    private protected AutoencoderTrainerBase() => Scaling = FeatureScaling.Standard;

    /// <summary>The widths of the hidden layers; input and output have one unit a column.</summary>
    /// <value>Null (the default) for <see cref="LayerWidths.ForColumns"/>: 15-8-15 for 30 columns. <see cref="LayerWidths.Reference"/> is 16-8-16.</value>
    public LayerWidths? HiddenWidths { get; init; }

    /// <summary>What the hidden layers do with their sums.</summary>
    /// <value><see cref="NetworkActivation.Relu"/> by default.</value>
    public NetworkActivation Activation { get; init => field = Known(value, nameof(Activation)); } = NetworkActivation.Relu;

    /// <summary>What the last layer does with its sums.</summary>
    /// <value><see cref="NetworkActivation.Linear"/> by default; the range of any other must hold the scaled rows.</value>
    public NetworkActivation OutputActivation { get; init => field = Known(value, nameof(OutputActivation)); } = NetworkActivation.Linear;

    /// <summary>How often the training rows are gone through.</summary>
    /// <value>From 1 to 1,000,000; the default is 20, the reference system's.</value>
    public int Epochs { get; init => field = InRange(value, 1, 1_000_000, nameof(Epochs)); } = 20;

    /// <summary>The rows of one step.</summary>
    /// <value>From 1 to 1,048,576; the default is 256. Where there are fewer rows, all of them.</value>
    public int BatchSize { get; init => field = InRange(value, 1, 1 << 20, nameof(BatchSize)); } = 256;

    /// <summary>The learning rate of Adam.</summary>
    /// <value>Above 0 and at most 10; the default is 0.001 (Kingma and Ba 2015).</value>
    public double LearningRate { get; init => field = Within(value, double.Epsilon, 10, nameof(LearningRate)); } = 1e-3;

    /// <summary>How the learning rate goes down.</summary>
    /// <value><see cref="LearningRateSchedule.Constant"/> by default.</value>
    public LearningRateSchedule Schedule
    {
        get;
        init => field = value is >= LearningRateSchedule.Constant and <= LearningRateSchedule.Cosine
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Schedule), value, "Schedule must be a member of LearningRateSchedule.");
    }

    /// <summary>The share of a weight, times the learning rate, that is lost in every step (decoupled weight decay, AdamW).</summary>
    /// <value>From 0 (the default) to 1.</value>
    public double WeightDecay { get; init => field = Within(value, 0, 1, nameof(WeightDecay)); }

    /// <summary>The share of hidden units that are left out, at random, in every step.</summary>
    /// <value>From 0 (the default) to 0.9.</value>
    public double Dropout { get; init => field = Within(value, 0, 0.9, nameof(Dropout)); }

    /// <summary>The standard deviation of normal noise that is added to inputs, not to what they are to be reproduced as (P. Vincent et al. 2010, denoising).</summary>
    /// <value>From 0 (the default) to 100, in units of the scaled rows.</value>
    public double InputNoise { get; init => field = Within(value, 0, 100, nameof(InputNoise)); }

    /// <summary>The longest gradient; longer ones are shortened to it.</summary>
    /// <value>Above 0, or null (the default) for no limit.</value>
    public double? GradientClip { get; init => field = value is { } length ? Within(length, double.Epsilon, double.MaxValue, nameof(GradientClip)) : null; }

    /// <summary>The robust mode: the share of every batch's rows, the worst-fitting ones, that do not teach.</summary>
    /// <value>From 0 to 0.5; the default is 0.05, the twentieth that <see cref="ErrorMeasure.Whitened"/> leaves out too. Rows that are known to be clean need none.</value>
    public double TrimmedFraction { get; init => field = Within(value, 0, 0.5, nameof(TrimmedFraction)); } = 0.05;

    /// <summary>How far from zero the network sees a scaled cell: beyond ±this it sees this, in training and in scoring. The error is taken from the cell itself.</summary>
    /// <value>
    /// Above 0; the default is 4 standard deviations, within which all but one in 10,000 normal cells lie. Without a limit a network of rectified units
    /// continues linearly, and reproduces extreme values along well-known directions. At most 10⁶, which all but says no limit.
    /// </value>
    public double InputLimit { get; init => field = Within(value, 1e-6, 1e6, nameof(InputLimit)); } = 4;

    /// <summary>How the errors of a row's columns become its score.</summary>
    /// <value><see cref="ErrorMeasure.Whitened"/> by default.</value>
    public ErrorMeasure Measure
    {
        get;
        init => field = value is ErrorMeasure.MeanSquare or ErrorMeasure.Whitened
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Measure), value, "Measure must be a member of ErrorMeasure.");
    } = ErrorMeasure.Whitened;

    /// <summary>The share of the rows, drawn at random, that do not teach and whose loss is told after every epoch.</summary>
    /// <value>From 0 to 0.5; the default is 0.1.</value>
    public double ValidationFraction { get; init => field = Within(value, 0, 0.5, nameof(ValidationFraction)); } = 0.1;

    /// <summary>Early stopping: after how many epochs without a lower validation loss training ends. The weights of the best epoch are kept.</summary>
    /// <value>At least 1, or null (the default) for all epochs and the last weights. Needs validation rows.</value>
    public int? Patience { get; init => field = value is { } epochs ? InRange(epochs, 1, 1_000_000, nameof(Patience)) : null; }

    /// <summary>The seed of the first weights, the validation rows, the order of the rows, noise and dropout.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    internal VectorWidth Kernel { get; init; }

    /// <inheritdoc/>
    /// <remarks>The scaled rows where there is a scaling, 16 bytes a row, what the network's weights take in training, and the sums that errors are whitened by.</remarks>
    public override long EstimateMemory(int rows, int columns)
    {
        int[] widths = [columns, .. HiddenWidths ?? LayerWidths.ForColumns(columns), columns];
        long scaled = Scaling == FeatureScaling.None ? 0 : 4L * rows * columns;
        long whitening = Measure == ErrorMeasure.Whitened ? ErrorWhitening.EstimateMemory(rows, columns) : 0;
        return scaled + (16L * rows) + whitening + EstimateTraining(widths, rows);
    }

    /// <summary>Bytes that training takes besides the rows.</summary>
    internal abstract long EstimateTraining(int[] widths, int rows);

    /// <summary>Trains the network.</summary>
    internal abstract (float[] Parameters, AutoencoderEpoch[] Epochs) TrainNetwork(
        NetworkLayout layout, TrainingPlan plan, TrainingRows rows, FitContext context);

    /// <inheritdoc/>
    protected override void Validate(FeatureMatrix data)
    {
        if (Patience is not null && (int)Math.Floor(ValidationFraction * data.RowCount) == 0)
        {
            throw new ArgumentException(
                $"Patience is {Patience}, but a ValidationFraction of {ValidationFraction} of {data.RowCount} rows leaves none to validate on. Raise it, or leave Patience null.",
                nameof(data));
        }
    }

    /// <inheritdoc/>
    protected override AutoencoderDetector FitDetector(TrainingSet training, DetectorFrame frame, FitContext context)
    {
        var layout = Layout(training.Transform.OutputColumns);
        var data = training.Transformed(context.Part(0, 0.03));
        var rows = TrainingRows.Split(data, ValidationFraction, (float)InputLimit, Seed);
        var plan = new TrainingPlan
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            Schedule = Schedule,
            WeightDecay = WeightDecay,
            Dropout = Dropout,
            InputNoise = InputNoise,
            GradientClip = GradientClip,
            TrimmedFraction = TrimmedFraction,
            Patience = Patience,
            Seed = Seed,
        };
        var (parameters, epochs) = TrainNetwork(layout, plan, rows, context.Part(0.03, 0.9));
        var network = new DenseNetwork(layout, parameters);
        var kernel = NetworkKernels.Resolve(Kernel);
        var errors = Measure == ErrorMeasure.Whitened
            ? ErrorWhitening.Fit(network, (float)InputLimit, data, Seed, kernel, context.Part(0.9, 1))
            : null;
        return new AutoencoderDetector(frame, new AutoencoderModel(network, (float)InputLimit, errors, epochs), kernel);
    }

    /// <summary>Passes an option's value on where it lies in the option's range.</summary>
    private static double Within(double value, double minimum, double maximum, string option) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(
            option,
            value,
            FormattableString.Invariant($"{option} must lie between {(minimum == double.Epsilon ? "0 (exclusive)" : minimum)} and {maximum}."));

    private static NetworkActivation Known(NetworkActivation value, string option) => value is >= NetworkActivation.Relu and <= NetworkActivation.Linear
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} must be a member of NetworkActivation.");

    private NetworkLayout Layout(int columns)
    {
        var hidden = HiddenWidths ?? LayerWidths.ForColumns(columns);
        int[] widths = [columns, .. hidden, columns];
        long length = NetworkLayout.LengthOf(widths);
        if (length > NetworkLayout.MostParameters)
        {
            throw new ArgumentException(
                $"The network {string.Join('-', widths)} has {length} weights; at most {NetworkLayout.MostParameters} fit. Give smaller HiddenWidths, or fewer columns.",
                nameof(columns));
        }

        var activations = new NetworkActivation[widths.Length - 1];
        Array.Fill(activations, Activation);
        activations[^1] = OutputActivation;
        return new NetworkLayout(widths, activations);
    }
}
