namespace AnomalyKit;

/// <summary>How one epoch of training went: an entry of <see cref="AutoencoderDetector.History"/>.</summary>
public sealed record AutoencoderEpoch
{
    internal AutoencoderEpoch(double loss, double? validationLoss, double learningRate)
    {
        Loss = loss;
        ValidationLoss = validationLoss;
        LearningRate = learningRate;
    }

    /// <summary>The mean squared error during the epoch, over columns and the rows that the weights were fitted to, while the weights changed.</summary>
    public double Loss { get; }

    /// <summary>The mean squared error over the validation rows after the epoch; null if there are none.</summary>
    public double? ValidationLoss { get; }

    /// <summary>The learning rate of the epoch.</summary>
    public double LearningRate { get; }
}
