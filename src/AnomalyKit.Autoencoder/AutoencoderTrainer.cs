using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;

namespace AnomalyKit;

/// <summary>Fits autoencoders: networks that learn to reproduce rows, and whose error shows which rows are unlike the others.</summary>
/// <remarks>
/// The network is trained to reproduce rows through layers narrower than a row. What most rows have in common passes; what is peculiar to few does not, and shows
/// as reconstruction error: N. Japkowicz, C. Myers, M. Gluck, <i>A Novelty Detection Approach to Classification</i>, IJCAI 1995; S. Hawkins, H. He, G. Williams,
/// R. Baxter, <i>Outlier Detection Using Replicator Neural Networks</i>, DaWaK 2002. By default columns are scaled by <see cref="FeatureScaling.Standard"/>.
/// </remarks>
public sealed record AutoencoderTrainer : DetectorTrainer<AutoencoderDetector>
{
    /// <summary>A trainer with the default options.</summary>
    public AutoencoderTrainer() => Scaling = FeatureScaling.Standard;

    /// <summary>What computes the weights.</summary>
    /// <value>
    /// A <see cref="ManagedEngine"/> by default: managed code on the CPU. The package AnomalyKit.Autoencoder.Torch has one that trains with TorchSharp, on CPU or CUDA.
    /// </value>
    public AutoencoderEngine Engine
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Engine));
            field = value;
        }
    } = new ManagedEngine();

    /// <summary>The widths of the hidden layers; the input and the output have one unit per column.</summary>
    /// <value>Null (the default) for <see cref="LayerWidths.ForColumns"/>: 15-8-15 for 30 columns. <see cref="LayerWidths.Reference"/> is 16-8-16.</value>
    public LayerWidths? HiddenWidths { get; init; }

    /// <summary>The activation function of the hidden layers.</summary>
    /// <value><see cref="NetworkActivation.Relu"/> by default.</value>
    public NetworkActivation Activation { get; init => field = Known(value, nameof(Activation)); } = NetworkActivation.Relu;

    /// <summary>The activation function of the output layer.</summary>
    /// <value><see cref="NetworkActivation.Linear"/> by default. With any other, scaled cells outside its range cannot be reproduced.</value>
    public NetworkActivation OutputActivation { get; init => field = Known(value, nameof(OutputActivation)); } = NetworkActivation.Linear;

    /// <summary>The number of passes over the training rows, unless <see cref="Patience"/> ends training earlier.</summary>
    /// <value>From 1 to 1,000,000; the default is 20, the reference system's.</value>
    public int MaxEpochs { get; init => field = InRange(value, 1, 1_000_000, nameof(MaxEpochs)); } = 20;

    /// <summary>The number of rows per optimiser step.</summary>
    /// <value>From 1 to 1,048,576; the default is 256. If there are fewer rows, a batch holds all of them.</value>
    public int BatchSize { get; init => field = InRange(value, 1, 1 << 20, nameof(BatchSize)); } = 256;

    /// <summary>The learning rate of Adam.</summary>
    /// <value>Above 0 and at most 10; the default is 0.001 (Kingma and Ba 2015).</value>
    public double LearningRate { get; init => field = Within(value, double.Epsilon, 10, nameof(LearningRate)); } = 1e-3;

    /// <summary>How the learning rate falls from epoch to epoch.</summary>
    /// <value><see cref="LearningRateSchedule.Constant"/> by default.</value>
    public LearningRateSchedule Schedule
    {
        get;
        init => field = value is >= LearningRateSchedule.Constant and <= LearningRateSchedule.Cosine
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Schedule), value, "Schedule must be a member of LearningRateSchedule.");
    }

    /// <summary>Decoupled weight decay (AdamW): each step multiplies all weights by 1 − learning rate · weight decay.</summary>
    /// <value>From 0 (the default, no decay) to 1.</value>
    public double WeightDecay { get; init => field = Within(value, 0, 1, nameof(WeightDecay)); }

    /// <summary>Dropout: the fraction of hidden units that each step leaves out, chosen at random.</summary>
    /// <value>From 0 (the default, none) to 0.9.</value>
    public double DropoutFraction { get; init => field = Within(value, 0, 0.9, nameof(DropoutFraction)); }

    /// <summary>Denoising (P. Vincent et al. 2010): the standard deviation of normal noise that training adds to the inputs. The targets stay as they are.</summary>
    /// <value>From 0 (the default, no noise) to 100, in units of the scaled rows.</value>
    public double InputNoise { get; init => field = Within(value, 0, 100, nameof(InputNoise)); }

    /// <summary>Gradient clipping: a gradient longer than this is shortened to this length.</summary>
    /// <value>Above 0, or null (the default) for no limit.</value>
    public double? MaxGradientNorm { get; init => field = value is { } length ? Within(length, double.Epsilon, double.MaxValue, nameof(MaxGradientNorm)) : null; }

    /// <summary>The robust mode: the fraction of each batch that is left out of the gradient, namely its worst-fitting rows.</summary>
    /// <value>From 0 to 0.5; the default is 0.05, the same fraction that <see cref="ErrorMeasure.Whitened"/> leaves out. Use 0 if the training rows are known to be clean.</value>
    public double TrimmedFraction { get; init => field = Within(value, 0, 0.5, nameof(TrimmedFraction)); } = 0.05;

    /// <summary>
    /// The network sees scaled cells clipped to ± this value, in training and in scoring. The error is taken from the cell itself, so a value beyond the limit keeps its full error.
    /// </summary>
    /// <value>
    /// From 10⁻⁶ to 10⁶, in units of the scaled rows; the default is 4 standard deviations, which contain all but one in 10,000 normal cells. Use 10⁶ for practically no
    /// limit: a network of rectified units then continues linearly, and reproduces extreme values along directions that it knows.
    /// </value>
    public double MaxInputMagnitude { get; init => field = Within(value, 1e-6, 1e6, nameof(MaxInputMagnitude)); } = 4;

    /// <summary>How the errors of a row become its score.</summary>
    /// <value><see cref="ErrorMeasure.Whitened"/> by default.</value>
    public ErrorMeasure Measure
    {
        get;
        init => field = value is ErrorMeasure.MeanSquare or ErrorMeasure.Whitened
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Measure), value, "Measure must be a member of ErrorMeasure.");
    } = ErrorMeasure.Whitened;

    /// <summary>The fraction of the rows, drawn at random, that training does not use. Their loss is measured after each epoch.</summary>
    /// <value>From 0 to 0.5; the default is 0.1.</value>
    public double ValidationFraction { get; init => field = Within(value, 0, 0.5, nameof(ValidationFraction)); } = 0.1;

    /// <summary>Early stopping: training ends after this many epochs without a lower validation loss, and the weights of the best epoch are kept.</summary>
    /// <value>From 1 to 1,000,000, or null (the default) to run all epochs and keep the last weights. Early stopping needs validation rows.</value>
    public int? Patience { get; init => field = value is { } epochs ? InRange(epochs, 1, 1_000_000, nameof(Patience)) : null; }

    /// <summary>The seed of the initial weights, the validation rows, the order of the rows, noise and dropout.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// True with <see cref="ManagedEngine"/>. Errors count by weight in the loss, in what the robust mode leaves out of a batch, and in the covariance of
    /// <see cref="ErrorMeasure.Whitened"/>. Batches and validation rows are drawn without a look at weights, and an epoch has as many steps as rows fill batches: the fit
    /// is that of repeated rows, up to rounding, where one batch holds all rows and none are kept for validation.
    /// </remarks>
    public override bool AcceptsWeights => Engine.AcceptsWeights;

    /// <inheritdoc/>
    protected override string WeightsRefusal => $"Its engine, {Engine.GetType().Name}, trains without them. Set Engine to a ManagedEngine, which looks at weights.";

    /// <inheritdoc/>
    /// <remarks>The scaled rows if there is a scaling, 16 bytes per row, what the engine takes, and the sums that errors are whitened by.</remarks>
    public override long EstimateMemory(int rows, int columns)
    {
        int[] widths = Widths(columns);
        long scaled = Scaling == FeatureScaling.None ? 0 : 4L * rows * columns;
        long whitening = Measure == ErrorMeasure.Whitened ? ErrorWhitening.EstimateMemory(rows, columns) : 0;
        return scaled + (16L * rows) + whitening + Engine.EstimateMemory(this, AutoencoderTraining.LayersOf(widths, Activations(widths)), rows);
    }

    /// <summary>The layout of the network for rows as it sees them.</summary>
    internal NetworkLayout Layout(FeatureMatrix data)
    {
        int[] widths = Widths(data.ColumnCount);
        long length = NetworkLayout.LengthOf(widths);
        return length <= NetworkLayout.MostParameters
            ? new NetworkLayout(widths, Activations(widths))
            : throw new ArgumentException(
                $"The network {string.Join('-', widths)} has {length} weights; at most {NetworkLayout.MostParameters} fit. Give smaller HiddenWidths, or fewer columns.",
                nameof(data));
    }

    internal TrainingPlan Plan() => new()
    {
        MaxEpochs = MaxEpochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Schedule = Schedule,
        WeightDecay = WeightDecay,
        DropoutFraction = DropoutFraction,
        InputNoise = InputNoise,
        MaxGradientNorm = MaxGradientNorm,
        TrimmedFraction = TrimmedFraction,
        Patience = Patience,
        Seed = Seed,
    };

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
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var data = training.Transformed(context.Part(0, 0.03)).WithWeights(training.Weights);
        var run = new AutoencoderTraining(this, data, context.Part(0.03, 0.9));
        var network = run.Run();
        var kernel = NetworkKernels.Resolve();
        var errors = Measure == ErrorMeasure.Whitened
            ? ErrorWhitening.Fit(network, (float)MaxInputMagnitude, data, Seed, kernel, context.Part(0.9, 1))
            : null;
        var model = new AutoencoderModel(network, (float)MaxInputMagnitude, errors, run.History.Epochs, ConstantInputs.Of(data));
        return new ModelFit(new FittedAutoencoder(training.Transform, model, kernel));
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

    private int[] Widths(int columns) => [columns, .. HiddenWidths ?? LayerWidths.ForColumns(columns), columns];

    private NetworkActivation[] Activations(int[] widths) => [.. Enumerable.Repeat(Activation, widths.Length - 2), OutputActivation];
}
