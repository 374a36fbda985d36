namespace AnomalyKit.Core.Tests.Thresholds;

/// <summary>Printed by make_weights_golden.py with NumPy 1.24.2 and SciPy 1.10.1.</summary>
internal static class WeightsGolden
{
    public static float[] Scores => [0.0f, 3.0f, 10.625f, 9.6875f, 0.1875f, 8.5f, 8.25f, 12.625f, 8.4375f, 8.875f, 0.75f, 10.4375f, 11.5625f, 4.125f, 1.3125f, 3.125f, 9.5625f, 7.4375f, 9.9375f, 3.875f, 2.4375f, 5.625f, 0.25f, 12.6875f, 3.375f, 11.875f, 11.8125f, 3.1875f, 12.375f, 13.0f, 5.0625f, 1.75f, 3.0625f, 9.0f, 6.375f, 8.375f, 1.8125f, 13.0625f, 2.5625f, 9.875f];

    public static double[] Weights => [0.0, 1.0, 4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0];

    public static double[] Probabilities => [0.0, 0.01, 0.25, 0.5, 0.73, 0.99, 1.0];

    public static double[] Quantiles => [0.1875, 0.1875, 2.5625, 6.375, 9.6875, 13.009375, 13.0625];

    public const double Mean = 6.254360465116279;

    public const double Deviation = 4.215433027393152;

    public const double Median = 6.375;

    public const double Spread = 5.420756249999999;
}
