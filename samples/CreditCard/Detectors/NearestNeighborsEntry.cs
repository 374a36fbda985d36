using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The nearest neighbours' settings. The reference system has no such detector: its settings are those of its local outlier factor.</summary>
internal static class NearestNeighborsEntry
{
    public static DetectorEntry Create() => new("nearest-neighbors", Reference, Recommended);

    private static DetectorSetup Reference(SettingsContext context) => new(
        "20 neighbours, largest distance, standardised, contamination 0.05",
        new NearestNeighborsTrainer
        {
            Neighbors = 20,
            Distance = NeighborDistance.Largest,
            Scaling = context.StandardScaling,
            Threshold = ThresholdRule.Contamination(0.05),
        });

    /// <remarks>As for the local outlier factor: whitened rows, and a random subset in which groups of frauds fall apart.</remarks>
    private static DetectorSetup Recommended(SettingsContext context) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"mean distance to 20 neighbours among 8,000 random rows, robust whitening, threshold at the known fraud rate ({context.KnownFraudRate:P3})"),
        new NearestNeighborsTrainer
        {
            Neighbors = 20,
            SampleSize = 8_000,
            Scaling = new RobustWhitening { Seed = context.Seed },
            Threshold = ThresholdRule.Contamination(context.KnownFraudRate),
            Seed = context.Seed,
        })
    {
        UsesKnownFraudRate = true,
    };
}
