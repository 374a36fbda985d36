namespace AnomalyKit;

/// <summary>One setting of all dimensions of a <see cref="SearchSpace"/>.</summary>
/// <remarks>Numbers are themselves, choices their index. Equal where all values are equal.</remarks>
public sealed class SearchPoint : IEquatable<SearchPoint>
{
    private readonly double[] _values;

    /// <summary>Makes a point.</summary>
    /// <param name="values">A value a dimension, in the order of the space.</param>
    public SearchPoint(ReadOnlySpan<double> values) => _values = values.ToArray();

    /// <summary>A value a dimension, in the order of the space.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <inheritdoc/>
    public bool Equals(SearchPoint? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SearchPoint);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (double value in _values)
            hash.Add(value);
        return hash.ToHashCode();
    }
}
