using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The isolation forest's settings.</summary>
internal static class IsolationForestEntry
{
    public static DetectorEntry Create() => new("isolation-forest", Reference, Recommended);

    private static DetectorSetup Reference(SettingsContext context) => new(
        "100 trees of 256 rows, standardised, contamination 0.01",
        new IsolationForestTrainer
        {
            Trees = 100,
            SampleSize = 256,
            Scaling = context.StandardScaling,
            Threshold = ThresholdRule.Contamination(0.01),
            Seed = context.Seed,
        });

    /// <remarks>
    /// More trees only average away the luck of the draw: without any label one sees that two seeds agree on more of the rows they rank highest. No
    /// scaling: splits are drawn uniformly between a column's least and greatest value, so its scale does not matter. The sample size stays at
    /// the authors' 256.
    /// </remarks>
    private static DetectorSetup Recommended(SettingsContext context) => new(
        string.Create(CultureInfo.InvariantCulture, $"500 trees of 256 rows, unscaled, threshold at the known fraud rate ({context.KnownFraudRate:P3})"),
        new IsolationForestTrainer
        {
            Trees = 500,
            SampleSize = 256,
            Threshold = ThresholdRule.Contamination(context.KnownFraudRate),
            Seed = context.Seed,
        })
    {
        UsesKnownFraudRate = true,
    };
}
