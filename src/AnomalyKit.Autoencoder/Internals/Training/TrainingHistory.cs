using System.Globalization;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>How training goes: the epochs so far, the best weights where early stopping asks for them, and whether to stop.</summary>
internal sealed class TrainingHistory(TrainingPlan plan)
{
    private readonly List<AutoencoderEpoch> _epochs = [];
    private double _best = double.PositiveInfinity;
    private int _bestEpoch;
    private float[]? _bestParameters;

    public AutoencoderEpoch[] Epochs => [.. _epochs];

    /// <summary>What is being done, with the last losses.</summary>
    public string Stage
    {
        get
        {
            string epoch = string.Create(CultureInfo.InvariantCulture, $"training, epoch {_epochs.Count + 1} of {plan.Epochs}");
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
    /// <param name="parameters">Copies the weights as they are now.</param>
    /// <returns>Whether training ends early.</returns>
    /// <exception cref="InvalidOperationException">The loss is no finite number.</exception>
    public bool Add(double loss, double? validation, Func<float[]> parameters)
    {
        if (!double.IsFinite(loss) || validation is { } value && !double.IsFinite(value))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged in epoch {_epochs.Count + 1}: the loss is {loss}. Use a smaller LearningRate than {plan.LearningRate}, or set GradientClip."));
        }

        _epochs.Add(new AutoencoderEpoch(loss, validation, plan.RateOf(_epochs.Count)));
        if (plan.Patience is not { } patience || validation is null)
            return false;
        if (validation < _best)
        {
            _best = validation.Value;
            _bestEpoch = _epochs.Count;
            _bestParameters = parameters();
        }

        return _epochs.Count - _bestEpoch >= patience;
    }

    /// <summary>The weights of the epoch with the least validation loss where training may end early, else the last ones.</summary>
    public float[] Best(Func<float[]> parameters) => _bestParameters ?? parameters();
}
