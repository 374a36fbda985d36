using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The autoencoder's settings.</summary>
internal static class AutoencoderEntry
{
    public static DetectorEntry Create() => new("autoencoder", Reference, Recommended) { IsQuick = true };

    /// <summary>Scaled cells that lie further from zero than this are none: a cell of n rows is at most √n standard deviations away.</summary>
    private const double NoLimit = 1e6;

    /// <remarks>
    /// The reference's in everything: network, plain mean squared error of unlimited inputs, no trimming, epochs, batches, rows and threshold. Its ensembles are reproduced
    /// member by member, so that remedies of ours for its weaknesses have no place here; they are what the recommended settings are for.
    /// </remarks>
    private static DetectorSetup Reference(SettingsContext context) => new(
        "30-16-8-16-30, ReLU, 20 epochs of batches of 256, standardised, mean squared error, 95th percentile",
        context.Autoencoder with
        {
            HiddenWidths = LayerWidths.Reference,
            TrimmedFraction = 0,
            MaxInputMagnitude = NoLimit,
            Measure = ErrorMeasure.MeanSquare,
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
