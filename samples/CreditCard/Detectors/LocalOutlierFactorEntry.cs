using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The local outlier factor's settings.</summary>
internal static class LocalOutlierFactorEntry
{
    public static DetectorEntry Create() => new("local-outlier-factor", Reference, Recommended);

    private static DetectorSetup Reference(SettingsContext context) => new(
        "20 neighbours, standardised, contamination 0.05",
        new LocalOutlierFactorTrainer
        {
            Neighbors = 20,
            Scaling = context.StandardScaling,
            Threshold = ThresholdRule.Contamination(0.05),
        });

    /// <remarks>
    /// Robust whitening makes distances of columns that are anything but alike comparable. Frauds come in tight groups and in copies, which are each other's neighbours
    /// among all rows; in a random subset of one row in thirty they are apart.
    /// </remarks>
    private static DetectorSetup Recommended(SettingsContext context) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"100 neighbours among 10,000 random rows, robust whitening, threshold at the known fraud rate ({context.KnownFraudRate:P3})"),
        new LocalOutlierFactorTrainer
        {
            Neighbors = 100,
            SampleSize = 10_000,
            Scaling = new RobustWhitening { Seed = context.Seed },
            Threshold = ThresholdRule.Contamination(context.KnownFraudRate),
            Seed = context.Seed,
        })
    {
        UsesKnownFraudRate = true,
    };
}
