using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The one-class SVM's settings.</summary>
internal static class OneClassSvmEntry
{
    public static DetectorEntry Create() => new("one-class-svm", Reference, Recommended);

    /// <remarks>The reference has no threshold of its own: a row outside the boundary is an anomaly, which is a score above 0.</remarks>
    private static DetectorSetup Reference(SettingsContext context) => new(
        "nu 0.05, rbf, gamma 1/30, standardised, threshold at the boundary",
        new OneClassSvmTrainer
        {
            Nu = 0.05,
            Kernel = SvmKernel.Rbf(KernelGamma.OverColumns),
            Scaling = context.StandardScaling,
            Threshold = ThresholdRule.Fixed(0),
        });

    /// <remarks>
    /// Whitened rows: distances between rows mean something only where no direction has more spread than another. The wide kernel that the
    /// variance of whitened rows leads to, outliers included, still tells far rows from farther ones.
    /// </remarks>
    private static DetectorSetup Recommended(SettingsContext context) => new(
        string.Create(CultureInfo.InvariantCulture, $"nu 0.05, robust whitening, threshold at the known fraud rate ({context.KnownFraudRate:P3})"),
        new OneClassSvmTrainer
        {
            Nu = 0.05,
            Scaling = new RobustWhitening { Seed = context.Seed },
            Threshold = ThresholdRule.Contamination(context.KnownFraudRate),
        })
    {
        UsesKnownFraudRate = true,
    };
}
