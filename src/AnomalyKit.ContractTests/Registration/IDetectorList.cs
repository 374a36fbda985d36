using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>The detectors that a contract suite runs over. Derive the contract classes with your own list to run them over your own detectors.</summary>
public interface IDetectorList
{
    /// <summary>The detectors.</summary>
    IReadOnlyList<DetectorRegistration> Detectors { get; }

    /// <summary>Loads all of them.</summary>
    ModelCatalog Catalog { get; }
}
