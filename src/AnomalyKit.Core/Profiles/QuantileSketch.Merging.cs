namespace AnomalyKit;

/// <content>Merging, and equality by content.</content>
public sealed partial class QuantileSketch
{
    /// <summary>Adds what another sketch has seen.</summary>
    /// <param name="other">A sketch of the same capacity; it stays as it is.</param>
    /// <exception cref="ArgumentException">The capacities differ.</exception>
    /// <exception cref="InvalidOperationException">This sketch is read-only.</exception>
    /// <remarks>
    /// Merged in whatever order and grouping, sketches keep within their <see cref="RankError"/>; to get the same bits in any order, merge all at once:
    /// <see cref="Merge(IEnumerable{QuantileSketch})"/>. Errors of sketches of one seed are taken to add up, those of different seeds to be independent.
    /// </remarks>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ThrowIfReadOnly();
        if (other.Capacity != Capacity)
        {
            throw new ArgumentException(
                $"The sketches have the capacities {Capacity} and {other.Capacity}, so their errors differ. Make all sketches that are to be merged with one capacity.", nameof(other));
        }

        if (ReferenceEquals(other, this))
            other = Copy();
        if (other.Count == 0)
            return;
        _variance = Seed == other.Seed
            ? Math.Pow(Math.Sqrt(_variance) + Math.Sqrt(other._variance), 2)
            : _variance + other._variance;
        _certainError += other._certainError;
        _thinnings += other._thinnings;
        for (int level = 0; level < MaxLevels; level++)
        {
            if (other._sizes[level] > 0)
                MergeInto(level, other._levels[level].AsSpan(0, other._sizes[level]));
        }

        Count = checked(Count + other.Count - other._inputCount);
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        _view = null;
        Thin();
        Add((ReadOnlySpan<double>)other._input.AsSpan(0, other._inputCount));
    }

    /// <summary>One sketch of what several have seen: the same, bit for bit, in whatever order they are given.</summary>
    /// <param name="sketches">At least one; all of the same capacity. They stay as they are.</param>
    /// <returns>A new sketch, with the seed of the first of them in an order of its own.</returns>
    /// <exception cref="ArgumentException">There is none, or capacities differ.</exception>
    public static QuantileSketch Merge(params IEnumerable<QuantileSketch> sketches)
    {
        ArgumentNullException.ThrowIfNull(sketches);
        QuantileSketch[] parts = [.. sketches];
        if (parts.Length == 0)
            throw new ArgumentException("There is no sketch to merge.", nameof(sketches));
        if (Array.IndexOf(parts, null) is >= 0 and var missing)
            throw new ArgumentException($"Sketch {missing} is null.", nameof(sketches));
        Array.Sort(parts, Compare);
        var merged = parts[0].Copy();
        foreach (var part in parts.AsSpan(1))
            merged.Merge(part);
        return merged;
    }

    /// <inheritdoc/>
    /// <remarks>Sketches are equal if they will answer, save and go on alike: the kept values, their weights, the batch, the seed and the errors so far are the same.</remarks>
    public bool Equals(QuantileSketch? other) => other is not null && Compare(this, other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QuantileSketch);

    /// <inheritdoc/>
    // Only what cannot change: a sketch may grow while it is a key.
    public override int GetHashCode() => HashCode.Combine(Capacity, Seed);

    /// <summary>The number of values and the ends, for people.</summary>
    /// <returns>For example <c>1000 values from -3.2 to 4.1</c>.</returns>
    public override string ToString() => Count == 0 ? "no values" : FormattableString.Invariant($"{Count} values from {_minimum:G6} to {_maximum:G6}");

    /// <summary>Some order by content: 0 for equal sketches only.</summary>
    private static int Compare(QuantileSketch a, QuantileSketch b)
    {
        int order = Comparer<(long, ulong, int, long, double, double)>.Default.Compare(
            (a.Count, a.Seed, a.Capacity, a._thinnings, a._variance, a._certainError), (b.Count, b.Seed, b.Capacity, b._thinnings, b._variance, b._certainError));
        if (order == 0)
            order = (a._minimum, a._maximum).CompareTo((b._minimum, b._maximum));
        for (int level = 0; level < MaxLevels && order == 0; level++)
        {
            order = a._sizes[level].CompareTo(b._sizes[level]);
            if (order == 0)
                order = a._levels[level].AsSpan(0, a._sizes[level]).SequenceCompareTo(b._levels[level].AsSpan(0, b._sizes[level]));
        }

        return order != 0 ? order : a._input.AsSpan(0, a._inputCount).SequenceCompareTo(b._input.AsSpan(0, b._inputCount));
    }
}
