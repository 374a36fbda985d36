namespace AnomalyKit;

/// <summary>The options that a search may change, and between which limits.</summary>
public sealed class SearchSpace
{
    /// <summary>Makes a space.</summary>
    /// <param name="dimensions">The options, each once.</param>
    public SearchSpace(params IReadOnlyList<SearchDimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        Dimensions = dimensions;
    }

    /// <summary>The options.</summary>
    public IReadOnlyList<SearchDimension> Dimensions { get; }
}
