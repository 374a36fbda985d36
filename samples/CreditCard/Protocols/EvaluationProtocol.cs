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

    /// <summary>The protocols of the given names, in the fixed order; all where none is named.</summary>
    public static IReadOnlyList<EvaluationProtocol> Select(IReadOnlyCollection<string> names)
    {
        string? unknown = names.FirstOrDefault(name => All.All(protocol => protocol.Name != name));
        if (unknown is not null)
            throw new SampleException($"There is no protocol '{unknown}'. Available: {string.Join(", ", All.Select(protocol => protocol.Name))}.");
        return [.. All.Where(protocol => names.Count == 0 || names.Contains(protocol.Name))];
    }
}
