using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Training;

namespace AnomalyKit;

/// <summary>The training of one network, as an <see cref="AutoencoderEngine"/> sees it: the network, its rows, its options, and whom to tell of losses and progress.</summary>
/// <remarks>For those who write engines. <see cref="AutoencoderTrainer"/> makes one per fit. It belongs to the thread that called <see cref="AutoencoderEngine.Train"/>.</remarks>
public sealed class AutoencoderTraining
{
    internal AutoencoderTraining(AutoencoderTrainer trainer, FeatureMatrix data, FitContext context)
    {
        Trainer = trainer;
        Context = context;
        Layout = trainer.Layout(data);
        Plan = trainer.Plan();
        Rows = TrainingRows.Split(data, trainer.ValidationFraction, (float)trainer.MaxInputMagnitude, trainer.Seed);
        History = new TrainingHistory(Plan);
        Layers = LayersOf(Layout.Widths, Layout.Activations);
    }

    /// <summary>The trainer, for its options: batch size, noise, dropout and so on.</summary>
    public AutoencoderTrainer Trainer { get; }

    /// <summary>The running fit: its threads and its cancellation token, which engines look at before every step.</summary>
    public FitContext Context { get; }

    /// <summary>The layers, from the first hidden one to the output.</summary>
    public IReadOnlyList<AutoencoderLayer> Layers { get; }

    /// <summary>The cells of a row, which are both the inputs and the targets of the network.</summary>
    public int ColumnCount => Layout.Columns;

    /// <summary>The number of rows that the weights are fitted to.</summary>
    public int TrainingRowCount => Rows.Training.Length;

    /// <summary>The number of rows that only measure the loss after each epoch; 0 if there are none.</summary>
    public int ValidationRowCount => Rows.Validation.Length;

    internal NetworkLayout Layout { get; }

    internal TrainingPlan Plan { get; }

    internal TrainingRows Rows { get; }

    internal TrainingHistory History { get; }

    /// <summary>Draws the weights that training starts from; they follow from the seed alone.</summary>
    /// <returns>Layer by layer: one row of <see cref="AutoencoderLayer.OutputCount"/> weights per input, then one bias per output.</returns>
    public float[] InitialWeights() => CompactParameters.From(Layout, Autoencoder.Training.InitialWeights.Draw(Layout, Trainer.Seed));

    /// <summary>Copies training rows, scaled and limited to ±<see cref="AutoencoderTrainer.MaxInputMagnitude"/>.</summary>
    /// <param name="start">The first row, from 0; rows are in the order of the data.</param>
    /// <param name="destination">Receives whole rows of <see cref="ColumnCount"/> cells; its length says how many.</param>
    /// <exception cref="ArgumentException">The destination is not a whole number of rows, or there are not that many from <paramref name="start"/> on.</exception>
    public void CopyTrainingRows(int start, Span<float> destination) => Copy(Rows.Training, start, destination);

    /// <summary>Copies validation rows, scaled and limited to ±<see cref="AutoencoderTrainer.MaxInputMagnitude"/>.</summary>
    /// <param name="start">The first row, from 0; rows are in the order of the data.</param>
    /// <param name="destination">Receives whole rows of <see cref="ColumnCount"/> cells; its length says how many.</param>
    /// <exception cref="ArgumentException">The destination is not a whole number of rows, or there are not that many from <paramref name="start"/> on.</exception>
    public void CopyValidationRows(int start, Span<float> destination) => Copy(Rows.Validation, start, destination);

    /// <summary>Whether rows have weights other than 1. False unless the engine's <see cref="AutoencoderEngine.AcceptsWeights"/> is true.</summary>
    public bool HasWeights => Rows.Data.HasWeights;

    /// <summary>Copies the weights of training rows: how many times each counts in the loss. 1 for all of them where there are no weights.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="destination">Receives one weight per row; its length says how many.</param>
    /// <exception cref="ArgumentException">There are not that many rows from <paramref name="start"/> on.</exception>
    public void CopyTrainingWeights(int start, Span<double> destination) => CopyWeights(Rows.Training, start, destination);

    /// <summary>Copies the weights of validation rows, as <see cref="CopyTrainingWeights"/>.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="destination">Receives one weight per row; its length says how many.</param>
    /// <exception cref="ArgumentException">There are not that many rows from <paramref name="start"/> on.</exception>
    public void CopyValidationWeights(int start, Span<double> destination) => CopyWeights(Rows.Validation, start, destination);

    /// <summary>The learning rate of an epoch, as <see cref="AutoencoderTrainer.Schedule"/> makes it.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>The rate.</returns>
    public double LearningRateOf(int epoch) => Plan.RateOf(epoch);

    /// <summary>How many rows of a batch the loss is taken over in the robust mode: those that fit best.</summary>
    /// <param name="rows">The rows of the batch.</param>
    /// <returns>At least 1; all of them if <see cref="AutoencoderTrainer.TrimmedFraction"/> is 0.</returns>
    public int KeptRowCount(int rows) => TrimmedLoss.Kept(rows, Plan.TrimmedFraction);

    /// <summary>Tells the caller of the fit how far the present epoch has come.</summary>
    /// <param name="fraction">The part of the epoch that is done, from 0 to 1.</param>
    public void ReportEpoch(double fraction) => Context.Report(History.Stage, (History.Count + fraction) / Plan.MaxEpochs);

    /// <summary>Ends an epoch: its losses become part of <see cref="AutoencoderDetector.History"/> and decide on early stopping.</summary>
    /// <param name="loss">The mean squared error of the rows that the weights were fitted to in this epoch, over rows and columns.</param>
    /// <param name="validationLoss">The same over the validation rows after the epoch; null if there are none.</param>
    /// <param name="weights">Copies the present weights, in the order of <see cref="InitialWeights"/>. Only called if early stopping may need them.</param>
    /// <returns>Whether to stop training now.</returns>
    /// <exception cref="InvalidOperationException">A loss is not a finite number; the message says what to do.</exception>
    public bool EndEpoch(double loss, double? validationLoss, Func<float[]> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return History.Add(loss, validationLoss, weights);
    }

    internal static AutoencoderLayer[] LayersOf(int[] widths, NetworkActivation[] activations) =>
        [.. activations.Select((activation, layer) => new AutoencoderLayer(widths[layer], widths[layer + 1], activation))];

    /// <summary>Runs the engine and builds the network from its weights.</summary>
    internal DenseNetwork Run()
    {
        float[] last = Trainer.Engine.Train(this);
        float[] weights = History.BestWeights ?? last;
        int length = CompactParameters.Length(Layout);
        return weights.Length == length
            ? new DenseNetwork(Layout, CompactParameters.Pad(Layout, weights))
            : throw new InvalidOperationException($"The engine {Trainer.Engine} returned {weights.Length} weights; the network has {length}.");
    }

    private void CopyWeights(int[] rows, int start, Span<double> destination)
    {
        if (start < 0 || start > rows.Length - destination.Length)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{destination.Length} rows from row {start} on are not there: there are {rows.Length} rows.");
        for (int i = 0; i < destination.Length; i++)
            destination[i] = HasWeights ? Rows.Data.Weights.Span[rows[start + i]] : 1;
    }

    private void Copy(int[] rows, int start, Span<float> destination)
    {
        int count = destination.Length / ColumnCount;
        if (destination.Length % ColumnCount != 0)
            throw new ArgumentException($"The destination has room for {destination.Length} cells, which is not a whole number of rows of {ColumnCount} columns.", nameof(destination));
        if (start < 0 || start > rows.Length - count)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{count} rows from row {start} on are not there: there are {rows.Length} rows.");
        for (int i = 0; i < count; i++)
        {
            var source = Rows.Data.Cells(rows[start + i]);
            var target = destination.Slice(i * ColumnCount, ColumnCount);
            for (int j = 0; j < target.Length; j++)
                target[j] = Math.Clamp(source[j], -Rows.Limit, Rows.Limit);
        }
    }
}
