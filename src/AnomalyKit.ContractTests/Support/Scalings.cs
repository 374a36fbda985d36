namespace AnomalyKit.ContractTests.Support;

/// <summary>The recipes of scaling that every detector is run with, by name.</summary>
internal static class Scalings
{
    public static IReadOnlyDictionary<string, FeatureScaling> All { get; } =
        new[] { FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.MinMax, FeatureScaling.Robust, new RobustWhitening() }.ToDictionary(scaling => scaling.ToString());
}
