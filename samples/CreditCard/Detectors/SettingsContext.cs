namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>What settings may depend on: never a label of a row.</summary>
/// <param name="Seed">The seed of all random choices.</param>
/// <param name="KnownFraudRate">The share of frauds that the data set is published with: prior knowledge, one number.</param>
/// <param name="StandardScaling">The protocol's standardisation, for reference settings.</param>
internal sealed record SettingsContext(ulong Seed, double KnownFraudRate, FeatureScaling StandardScaling)
{
    /// <summary>What trains autoencoders: managed code, or TorchSharp. Its other options are set by the detector's settings.</summary>
    public AutoencoderTrainer Autoencoder { get; init; } = new AutoencoderTrainer();
}
