namespace AnomalyKit;

/// <summary>How an epoch of training went.</summary>
/// <param name="Loss">The mean squared error of the rows that taught, over rows and columns, while the weights changed.</param>
/// <param name="ValidationLoss">The same over the rows kept back for validation, after the epoch; null where there are none.</param>
/// <param name="LearningRate">The learning rate.</param>
public readonly record struct AutoencoderEpoch(double Loss, double? ValidationLoss, double LearningRate);
