namespace AnomalyKit;

/// <summary>One column of a <see cref="TableSchema"/>: its name, what its cells are and what it is for.</summary>
/// <remarks>Immutable. Two fields are equal if name, kind and role are.</remarks>
public sealed class TableField : IEquatable<TableField>
{
    /// <summary>Describes a column.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="kind">What the cells are.</param>
    /// <param name="role">What the column is for.</param>
    /// <param name="origin">How the kind was found, for people; by default <c>declared</c>.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public TableField(string name, ColumnKind kind, ColumnRole role = ColumnRole.Feature, string origin = "declared")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(origin);
        Name = name;
        Kind = kind;
        Role = role;
        Origin = origin;
    }

    /// <summary>The name, as the source spells it.</summary>
    public string Name { get; }

    /// <summary>What the cells are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>What the column is for.</summary>
    public ColumnRole Role { get; }

    /// <summary>How the kind was found, for people: <c>declared</c>, or for example <c>inferred: 'Paris' in row 3 is not a number</c>. Not part of equality.</summary>
    public string Origin { get; }

    /// <summary>The same column for another purpose.</summary>
    /// <param name="role">The purpose.</param>
    /// <returns>A new field.</returns>
    public TableField WithRole(ColumnRole role) => new(Name, Kind, role, Origin);

    /// <inheritdoc/>
    public bool Equals(TableField? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && Kind == other.Kind && Role == other.Role;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableField);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Role);

    /// <summary>Name and kind, and the role of what is not a feature.</summary>
    /// <returns>For example <c>merchant: category</c>.</returns>
    public override string ToString()
    {
        string kind = Kind == ColumnKind.DateTime ? "date and time" : Kind.ToString().ToLowerInvariant();
        return Role == ColumnRole.Feature ? $"{Name}: {kind}" : $"{Name}: {kind} ({Role.ToString().ToLowerInvariant()})";
    }
}
