namespace AnomalyKit.ContractTests.Support;

/// <summary>The recipes of scaling that detectors are run with, by name.</summary>
internal static class Scalings
{
    public static IReadOnlyDictionary<string, FeatureScaling> All { get; } =
        new[] { FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.MinMax, FeatureScaling.Robust, new RobustWhitening() }.ToDictionary(scaling => scaling.ToString());

    /// <summary>One recipe for each kind of transform. Standard, min-max and robust scaling end as the same transform with two other numbers per column.</summary>
    public static IReadOnlyDictionary<string, FeatureScaling> Kinds { get; } =
        new[] { FeatureScaling.None, FeatureScaling.Robust, new RobustWhitening() }.ToDictionary(scaling => scaling.ToString());
}
