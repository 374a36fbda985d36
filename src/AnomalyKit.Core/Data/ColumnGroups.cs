using System.Diagnostics.CodeAnalysis;

namespace AnomalyKit;

/// <summary>Which columns of a matrix are moved and explained as one: the columns that a preparation made of one column of a table, say.</summary>
/// <remarks>A category that became four columns of zeros and ones is one column to the person who reads the answer, and no row has two of its levels. So it gets one contribution.</remarks>
public sealed class ColumnGroups : IEquatable<ColumnGroups>
{
    private readonly int[] _groups;
    private readonly string[] _names;

    /// <summary>Groups columns.</summary>
    /// <param name="groups">The group of each column, from 0; every group has at least one column.</param>
    /// <param name="names">The name of each group.</param>
    /// <exception cref="ArgumentException">There is no column, a group has no column, or a column's group has no name.</exception>
    public ColumnGroups(IEnumerable<int> groups, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(names);
        _groups = [.. groups];
        _names = [.. names];
        if (_groups.Length == 0)
            throw new ArgumentException("There are no columns.", nameof(groups));
        var seen = new bool[_names.Length];
        for (int i = 0; i < _groups.Length; i++)
        {
            if ((uint)_groups[i] >= (uint)_names.Length)
                throw new ArgumentException($"Column {i} is in group {_groups[i]}; there are names for groups 0 to {_names.Length - 1}.", nameof(groups));
            seen[_groups[i]] = true;
        }

        if (Array.IndexOf(seen, false) is >= 0 and var empty)
            throw new ArgumentException($"Group {empty} ('{_names[empty]}') has no column.", nameof(groups));
        AreColumns = _groups.Length == _names.Length && _groups.AsSpan().SequenceEqual([.. Enumerable.Range(0, _groups.Length)]);
    }

    /// <summary>The number of columns.</summary>
    public int ColumnCount => _groups.Length;

    /// <summary>The number of groups: at most that of the columns.</summary>
    public int Count => _names.Length;

    /// <summary>The group of each column.</summary>
    public ReadOnlySpan<int> GroupOf => _groups;

    /// <summary>The name of each group.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether every column is a group of its own, in order.</summary>
    public bool AreColumns { get; }

    /// <summary>Every column by itself.</summary>
    /// <param name="schema">The columns.</param>
    /// <returns>As many groups as columns, with their names.</returns>
    public static ColumnGroups Columns(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new ColumnGroups(Enumerable.Range(0, schema.ColumnCount), schema.ColumnNames);
    }

    /// <summary>Adds contributions of columns up to contributions of their groups.</summary>
    /// <param name="columns">One number per column, for one row.</param>
    /// <param name="groups">Receives one number per group.</param>
    /// <exception cref="ArgumentException">The lengths are not those of columns and groups.</exception>
    public void Sum(ReadOnlySpan<double> columns, Span<double> groups)
    {
        if (columns.Length != ColumnCount || groups.Length != Count)
            throw new ArgumentException($"{columns.Length} columns and {groups.Length} groups were given; there are {ColumnCount} and {Count}.", nameof(columns));
        groups.Clear();
        for (int i = 0; i < columns.Length; i++)
            groups[_groups[i]] += columns[i];
    }

    /// <inheritdoc/>
    public bool Equals(ColumnGroups? other) => other is not null && _groups.AsSpan().SequenceEqual(other._groups) && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ColumnGroups);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_groups.Length, _names.Length, _names[0]);
}
