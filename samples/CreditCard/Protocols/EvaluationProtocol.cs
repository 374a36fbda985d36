namespace AnomalyKit.Samples.CreditCard.Protocols;

/// <summary>A way to divide the rows into those that a detector is fitted on and those that it is measured on.</summary>
internal abstract class EvaluationProtocol
{
    /// <summary>All protocols, in the order in which they run.</summary>
    public static IReadOnlyList<EvaluationProtocol> All { get; } = [new ReferenceProtocol(), new TemporalProtocol(), new AllRowsProtocol()];

    /// <summary>The name on the command line and in the results.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the report.</summary>
    public abstract string Description { get; }

    /// <summary>Divides the rows.</summary>
    public abstract ProtocolSplit Split(FeatureMatrix data, CancellationToken cancellationToken);

    /// <summary>The protocols of the given names, in the fixed order; where none is named all, or the first.</summary>
    public static IReadOnlyList<EvaluationProtocol> Select(IReadOnlyCollection<string> names, bool everything)
    {
        string? unknown = names.FirstOrDefault(name => All.All(protocol => protocol.Name != name));
        if (unknown is not null)
            throw new SampleException($"There is no protocol '{unknown}'. Available: {string.Join(", ", All.Select(protocol => protocol.Name))}.");
        return names.Count == 0 ? everything ? All : [All[0]] : [.. All.Where(protocol => names.Contains(protocol.Name))];
    }
}
