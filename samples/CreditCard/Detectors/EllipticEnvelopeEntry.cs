using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The elliptic envelope's settings.</summary>
internal static class EllipticEnvelopeEntry
{
    public static DetectorEntry Create() => new("elliptic-envelope", Reference, Recommended) { IsQuick = true };

    private static DetectorSetup Reference(SettingsContext context) => new(
        "support fraction 0.75, standardised, contamination 0.01",
        new EllipticEnvelopeTrainer
        {
            SupportFraction = 0.75,
            Scaling = context.StandardScaling,
            Threshold = ThresholdRule.Contamination(0.01),
            Seed = context.Seed,
        });

    /// <remarks>
    /// The defaults. On this data three quarters of the rows, the usual choice, all but lie on a hyperplane: concentrating on them finds directions in which nothing
    /// but rounding varies. The default notices and raises the support.
    /// </remarks>
    private static DetectorSetup Recommended(SettingsContext context) => new(
        string.Create(CultureInfo.InvariantCulture, $"defaults, threshold at the known fraud rate ({context.KnownFraudRate:P3})"),
        new EllipticEnvelopeTrainer
        {
            Threshold = ThresholdRule.Contamination(context.KnownFraudRate),
            Seed = context.Seed,
        })
    {
        UsesKnownFraudRate = true,
    };
}
