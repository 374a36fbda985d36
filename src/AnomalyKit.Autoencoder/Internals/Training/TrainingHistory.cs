using System.Globalization;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>How training goes: the epochs so far, the best weights where early stopping asks for them, and whether to stop.</summary>
internal sealed class TrainingHistory(TrainingPlan plan)
{
    private readonly List<AutoencoderEpoch> _epochs = [];
    private double _best = double.PositiveInfinity;
    private int _bestEpoch;

    public AutoencoderEpoch[] Epochs => [.. _epochs];

    /// <summary>The number of epochs so far.</summary>
    public int Count => _epochs.Count;

    /// <summary>The weights of the epoch with the lowest validation loss where early stopping is asked for, else null.</summary>
    public float[]? BestWeights { get; private set; }

    /// <summary>What is being done, with the last losses.</summary>
    public string Stage
    {
        get
        {
            string epoch = string.Create(CultureInfo.InvariantCulture, $"training, epoch {_epochs.Count + 1} of {plan.MaxEpochs}");
            return _epochs.Count == 0
                ? epoch
                : _epochs[^1].ValidationLoss is { } validation
                    ? string.Create(CultureInfo.InvariantCulture, $"{epoch} (loss {_epochs[^1].Loss:g4}, validation {validation:g4})")
                    : string.Create(CultureInfo.InvariantCulture, $"{epoch} (loss {_epochs[^1].Loss:g4})");
        }
    }

    /// <summary>Notes an epoch.</summary>
    /// <param name="loss">The rows' that taught.</param>
    /// <param name="validation">The rows' kept back, if any.</param>
    /// <param name="weights">Copies the weights as they are now.</param>
    /// <returns>Whether training ends early.</returns>
    /// <exception cref="InvalidOperationException">The loss is not a finite number.</exception>
    public bool Add(double loss, double? validation, Func<float[]> weights)
    {
        if (!double.IsFinite(loss) || validation is { } value && !double.IsFinite(value))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged in epoch {_epochs.Count + 1}: the loss is {loss}. Use a smaller LearningRate than {plan.LearningRate}, or set MaxGradientNorm."));
        }

        _epochs.Add(new AutoencoderEpoch(loss, validation, plan.RateOf(_epochs.Count)));
        if (plan.Patience is not { } patience || validation is null)
            return false;
        if (validation < _best)
        {
            _best = validation.Value;
            _bestEpoch = _epochs.Count;
            BestWeights = weights();
        }

        return _epochs.Count - _bestEpoch >= patience;
    }
}
