namespace AnomalyKit;

/// <summary>What a <see cref="ReferenceProfile"/> remembers of one column.</summary>
/// <remarks>
/// Numbers and dates have a sketch, categories and booleans have counts of their levels. <see cref="MissingFraction"/>, <see cref="Minimum"/> and <see cref="Maximum"/> come from all rows;
/// the sketch and the counts from the rows that were sampled. Immutable and thread-safe; profiles of equal content are equal.
/// </remarks>
public sealed class ColumnProfile : IEquatable<ColumnProfile>
{
    internal ColumnProfile(string name, ColumnKind kind, double missingFraction)
    {
        Name = name;
        Kind = kind;
        MissingFraction = missingFraction;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What its cells are. Columns of a matrix are numbers, or categories where the schema says so.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The fraction of all rows in which the cell is missing, from 0 to 1. Rows count by their weights.</summary>
    public double MissingFraction { get; }

    /// <summary>The values that were sampled, offsets included; of dates the ticks (100 ns since 0001-01-01). Null for categories and booleans.</summary>
    public QuantileSketch? Sketch { get; init; }

    /// <summary>The levels of a category or boolean, the most frequent first; empty for numbers and dates. Of more than 256 levels those that are clearly more frequent than others, and as many of the others as make 256.</summary>
    /// <value>The words of the table's column; where a matrix has codes, the codes as text.</value>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>How many of the sampled rows have each of <see cref="Levels"/>.</summary>
    public IReadOnlyList<long> LevelCounts { get; init; } = [];

    /// <summary>How many of the sampled rows have a level beyond <see cref="Levels"/>, or one that the fit did not know.</summary>
    public long OtherCount { get; init; }

    /// <summary>The smallest value of all rows; null where there is none, and for categories and booleans.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest value of all rows; null where there is none, and for categories and booleans.</summary>
    public double? Maximum { get; init; }

    /// <summary>How many different values or levels there are among the sampled rows; a missing cell is none.</summary>
    public int DistinctCount { get; init; }

    /// <summary>Whether all rows that have a value have the same one. Of categories and booleans, the rows that were sampled.</summary>
    public bool IsConstant => Minimum is { } minimum ? minimum == Maximum : DistinctCount == 1;

    /// <summary>How many of the sampled rows have a value.</summary>
    public long SampledCount => Sketch?.Count ?? LevelCounts.Sum() + OtherCount;

    /// <inheritdoc/>
    public bool Equals(ColumnProfile? other) => other is not null && Name == other.Name && Kind == other.Kind && MissingFraction == other.MissingFraction
        && Equals(Sketch, other.Sketch) && OtherCount == other.OtherCount && Minimum == other.Minimum && Maximum == other.Maximum && DistinctCount == other.DistinctCount
        && Levels.SequenceEqual(other.Levels) && LevelCounts.SequenceEqual(other.LevelCounts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ColumnProfile);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, MissingFraction, DistinctCount, Minimum, Maximum);

    /// <summary>Name, kind and range.</summary>
    /// <returns>For example <c>amount: 65536 values from 0 to 25691.2</c>.</returns>
    public override string ToString() => Sketch is null ? $"{Name}: {DistinctCount} levels" : $"{Name}: {Sketch}";
}
