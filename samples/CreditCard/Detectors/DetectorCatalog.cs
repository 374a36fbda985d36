namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The detectors that this sample can run. A new one is one entry more in <see cref="Default"/>.</summary>
/// <param name="entries">The detectors, in the order in which they run.</param>
internal sealed class DetectorCatalog(params IReadOnlyList<DetectorEntry> entries)
{
    /// <summary>All detectors that AnomalyKit has.</summary>
    public static DetectorCatalog Default { get; } = new(
    [
        IsolationForestEntry.Create(),
        OneClassSvmEntry.Create(),
        EllipticEnvelopeEntry.Create(),
        LocalOutlierFactorEntry.Create(),
        NearestNeighborsEntry.Create(),
        AutoencoderEntry.Create(),
        .. EnsembleEntries.Create(),
    ]);

    /// <summary>The detectors, in the order in which they run.</summary>
    public IReadOnlyList<DetectorEntry> Entries => entries;

    /// <summary>The detector of a name.</summary>
    /// <exception cref="SampleException">There is none; the message lists those that there are.</exception>
    public DetectorEntry Find(string name) => entries.FirstOrDefault(entry => entry.Name == name) ?? throw new SampleException(
        $"There is no detector '{name}'. Available: {string.Join(", ", entries.Select(entry => entry.Name))}.");

    /// <summary>The detectors of the given names, in the catalog's order; all where none is named.</summary>
    /// <exception cref="SampleException">A name is unknown.</exception>
    public IReadOnlyList<DetectorEntry> Select(IReadOnlyCollection<string> names)
    {
        var wanted = names.Select(Find).ToHashSet();
        return [.. entries.Where(entry => wanted.Count == 0 || wanted.Contains(entry))];
    }
}
