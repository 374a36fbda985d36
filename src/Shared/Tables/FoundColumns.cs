namespace AnomalyKit.Tables;

/// <summary>The columns of a source, those that can be read and those that cannot, and what a layout makes of them.</summary>
internal sealed class FoundColumns
{
    private readonly List<TableField> _fields = [];
    private readonly List<int> _sources = [];
    private readonly Dictionary<string, string> _unread = new(StringComparer.Ordinal);

    /// <summary>The columns that are not read, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unread => _unread;

    public void Add(TableField field, int source)
    {
        _fields.Add(field);
        _sources.Add(source);
    }

    public void AddUnread(string name, string reason) => _unread.TryAdd(name, reason);

    /// <summary>The columns wanted, and where each of them is in the source.</summary>
    public (TableSchema Schema, int[] Sources) Select(TableLayout layout)
    {
        var names = _fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in Asked(layout))
        {
            if (!names.Contains(name) && _unread.TryGetValue(name, out string? reason))
                throw CellErrors.Unread(name, reason);
        }

        var readable = layout.IgnoredColumns.Any(name => !names.Contains(name) && _unread.ContainsKey(name)) ? WithoutUnread(layout, names) : layout;
        var selection = readable.Select(_fields);
        foreach (int column in selection.SourceColumns)
        {
            var (from, to) = (_fields[column].Kind, selection.Schema.Fields[selection.Schema.IndexOf(_fields[column].Name)].Kind);
            if (!CellConversion.IsPossible(from, to))
            {
                throw new TableDataException(
                    $"Column '{_fields[column].Name}' holds {CellConversion.Describe(from)} and cannot be read as {CellConversion.Describe(to)}. Change its kind in the layout (Kinds).",
                    columnName: _fields[column].Name);
            }
        }

        return (selection.Schema, [.. selection.SourceColumns.Select(column => _sources[column])]);
    }

    private static IEnumerable<string> Asked(TableLayout layout) =>
        (layout.Columns ?? []).Concat(layout.IdColumns).Append(layout.LabelColumn!).Append(layout.WeightColumn!).Concat(layout.Columns is null ? layout.Kinds.Keys : [])
            .Where(name => name is not null);

    /// <summary>To ignore a column that is not read anyway is no mistake.</summary>
    private TableLayout WithoutUnread(TableLayout layout, HashSet<string> names) => new()
    {
        Columns = layout.Columns,
        IgnoredColumns = [.. layout.IgnoredColumns.Where(name => names.Contains(name) || !_unread.ContainsKey(name))],
        Kinds = layout.Kinds,
        IdColumns = layout.IdColumns,
        LabelColumn = layout.LabelColumn,
        WeightColumn = layout.WeightColumn,
    };
}
