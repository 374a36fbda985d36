using System.Collections.ObjectModel;

namespace AnomalyKit;

/// <summary>The columns of a <see cref="FeatureTable"/>, in order.</summary>
/// <remarks>Immutable and thread-safe; schemas of equal fields are equal.</remarks>
public sealed class TableSchema : IEquatable<TableSchema>
{
    private readonly TableField[] _fields;
    private readonly Dictionary<string, int> _indexes;

    /// <summary>Lists columns.</summary>
    /// <param name="fields">At least one; no two of the same name (ordinal comparison), at most one label and one weight.</param>
    /// <exception cref="ArgumentException">There is none, or a name, the label or the weight is there twice; the message names it.</exception>
    public TableSchema(params IEnumerable<TableField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _fields = [.. fields];
        if (_fields.Length == 0)
            throw new ArgumentException("A table needs at least one column; none was given.", nameof(fields));
        _indexes = new Dictionary<string, int>(_fields.Length, StringComparer.Ordinal);
        for (int i = 0; i < _fields.Length; i++)
        {
            if (_fields[i] is null)
                throw new ArgumentException($"Field {i} is null.", nameof(fields));
            if (!_indexes.TryAdd(_fields[i].Name, i))
            {
                throw new ArgumentException(
                    $"Columns {_indexes[_fields[i].Name]} and {i} are both named '{_fields[i].Name}'. Column names must differ.", nameof(fields));
            }
        }

        LabelIndex = Only(ColumnRole.Label, nameof(fields));
        WeightIndex = Only(ColumnRole.Weight, nameof(fields));
        Fields = new ReadOnlyCollection<TableField>(_fields);
    }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<TableField> Fields { get; }

    /// <summary>The number of columns, at least 1.</summary>
    public int ColumnCount => _fields.Length;

    /// <summary>The position of the label column, or −1.</summary>
    public int LabelIndex { get; }

    /// <summary>The position of the weight column, or −1.</summary>
    public int WeightIndex { get; }

    /// <summary>The position of a column.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <returns>The zero-based position.</returns>
    /// <exception cref="ArgumentException">There is no such column; the message lists those that there are.</exception>
    public int IndexOf(string columnName) => TryIndexOf(columnName, out int index)
        ? index
        : throw new ArgumentException($"There is no column '{columnName}'. The columns are: {Names()}.", nameof(columnName));

    /// <summary>Looks a column up by name.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <param name="index">The zero-based position, or −1.</param>
    /// <returns>Whether there is such a column.</returns>
    public bool TryIndexOf(string columnName, out int index)
    {
        ArgumentNullException.ThrowIfNull(columnName);
        if (_indexes.TryGetValue(columnName, out index))
            return true;
        index = -1;
        return false;
    }

    /// <summary>The same columns, one of them for another purpose.</summary>
    /// <param name="columnName">The column.</param>
    /// <param name="role">Its purpose.</param>
    /// <returns>A new schema.</returns>
    /// <exception cref="ArgumentException">There is no such column, or there is a label or weight already.</exception>
    public TableSchema WithRole(string columnName, ColumnRole role)
    {
        var fields = (TableField[])_fields.Clone();
        int index = IndexOf(columnName);
        fields[index] = fields[index].WithRole(role);
        return new TableSchema(fields);
    }

    /// <inheritdoc/>
    public bool Equals(TableSchema? other) => other is not null && _fields.AsSpan().SequenceEqual(other._fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableSchema);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var field in _fields)
            hash.Add(field);
        return hash.ToHashCode();
    }

    /// <summary>The fields, comma-separated.</summary>
    /// <returns>For example <c>amount: number, merchant: category</c>.</returns>
    public override string ToString() => string.Join(", ", (object[])_fields);

    internal string Names() => string.Join(", ", _fields.Select(field => field.Name));

    private int Only(ColumnRole role, string parameter)
    {
        int first = Array.FindIndex(_fields, field => field.Role == role);
        int last = Array.FindLastIndex(_fields, field => field.Role == role);
        return first == last
            ? first
            : throw new ArgumentException(
                $"Columns '{_fields[first].Name}' and '{_fields[last].Name}' are both the {role.ToString().ToLowerInvariant()}; a table has at most one.", parameter);
    }
}
