using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The autoencoder's settings.</summary>
internal static class AutoencoderEntry
{
    public static DetectorEntry Create() => new("autoencoder", Reference, Recommended);

    /// <remarks>
    /// The reference's network, epochs, batches, rows and threshold. It takes the plain mean squared error of unlimited inputs for the score; ours is measured by the errors of
    /// ordinary rows. docs/autoencoder.md has the figures of both.
    /// </remarks>
    private static DetectorSetup Reference(SettingsContext context) => new(
        "30-16-8-16-30, ReLU, 20 epochs of batches of 256, standardised, whitened errors, 95th percentile",
        context.Autoencoder with
        {
            HiddenWidths = LayerWidths.Reference,
            TrimmedFraction = 0,
            Scaling = context.StandardScaling,
            Threshold = ThresholdRule.Quantile(0.95),
            Seed = context.Seed,
        })
    {
        Rows = TrainingRows.NormalWhereAllowed,
    };

    /// <remarks>The defaults, trained on all rows, frauds included.</remarks>
    private static DetectorSetup Recommended(SettingsContext context) => new(
        string.Create(CultureInfo.InvariantCulture, $"defaults, threshold at the known fraud rate ({context.KnownFraudRate:P3})"),
        context.Autoencoder with
        {
            Threshold = ThresholdRule.Contamination(context.KnownFraudRate),
            Seed = context.Seed,
        })
    {
        UsesKnownFraudRate = true,
    };
}
