using System.Collections.Concurrent;
using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests.Support;

/// <summary>What all contract classes share: the list, and ways to and from model files.</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private static readonly TList List = new();
    private static readonly ConcurrentDictionary<(string Detector, string Shape, string Scaling), Lazy<FittedShape>> FittedShapes = new();

    private protected static IReadOnlyList<DetectorRegistration> Detectors => List.Detectors;

    private protected static ModelCatalog Catalog => List.Catalog;

    private protected static DetectorRegistration Registered(string name) => Detectors.Single(detector => detector.Name == name);

    /// <summary>The detector fitted on the shape's training rows; fitted once and shared by all laws.</summary>
    private protected static FittedShape Fitted(string detector, DataShape shape, FeatureScaling scaling) => FittedShapes.GetOrAdd(
        (detector, shape.Name, scaling.ToString()), _ => new Lazy<FittedShape>(() => FittedShape.Fit(Registered(detector), shape, scaling))).Value;

    /// <summary>The detector fitted on the usual shape without scaling; shared like the others.</summary>
    private protected static FittedShape Fitted(string detector) => Fitted(detector, DataShape.Usual, FeatureScaling.None);

    private protected static byte[] Saved(IAnomalyDetector detector)
    {
        using var stream = new MemoryStream();
        detector.Save(stream);
        return stream.ToArray();
    }

    private protected static IAnomalyDetector Loaded(byte[] file) => Catalog.Load(new MemoryStream(file));
}
