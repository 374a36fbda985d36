namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>Equality to 1e-12, absolute below 1 and relative above.</summary>
internal static class Close
{
    internal const double Tolerance = 1e-12;

    internal static bool To(double expected, double actual) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));

    internal static void Equal(double expected, double actual, string what) =>
        Assert.True(To(expected, actual), $"{what}: expected {expected:R}, got {actual:R}.");
}
