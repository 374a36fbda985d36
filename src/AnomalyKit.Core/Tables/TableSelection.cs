namespace AnomalyKit;

/// <summary>The columns of a source that a <see cref="TableLayout"/> asks for.</summary>
public sealed class TableSelection
{
    private TableSelection(TableSchema schema, int[] sourceColumns)
    {
        Schema = schema;
        SourceColumns = sourceColumns;
    }

    /// <summary>The columns to give out, in order: ids, features, label, weight where the layout names features; else in the order of the source.</summary>
    public TableSchema Schema { get; }

    /// <summary>Where each of them is in the source, zero-based.</summary>
    public IReadOnlyList<int> SourceColumns { get; }

    internal static TableSelection Make(TableLayout layout, IReadOnlyList<TableField> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var roles = Roles(layout);
        int[] columns = layout.Columns is null
            ? [.. Others(layout, found, roles)]
            : [.. roles.Keys.Select(name => IndexOf(name, found))];
        // Every name that the layout mentions must be there, also where the source's order decides.
        foreach (string name in roles.Keys.Concat(layout.Kinds.Keys.Where(_ => layout.Columns is null)).Concat(layout.IgnoredColumns))
            _ = IndexOf(name, found);
        if (columns.Length == 0)
            throw new TableDataException($"No column is left to read. The columns are: {Names(found)}.");
        return new TableSelection(new TableSchema(columns.Select(column => Field(layout, found[column], roles))), columns);
    }

    private static Dictionary<string, ColumnRole> Roles(TableLayout layout)
    {
        var roles = new Dictionary<string, ColumnRole>(StringComparer.Ordinal);
        Add(layout.IdColumns, ColumnRole.Id);
        Add(layout.Columns ?? [], ColumnRole.Feature);
        Add(layout.LabelColumn is { } label ? [label] : [], ColumnRole.Label);
        Add(layout.WeightColumn is { } weight ? [weight] : [], ColumnRole.Weight);
        foreach (string name in layout.IgnoredColumns)
        {
            if (roles.TryGetValue(name, out var role))
                throw new ArgumentException($"The layout ignores the column '{name}', which is also its {role.ToString().ToLowerInvariant()}.", nameof(layout));
        }

        return roles;

        void Add(IReadOnlyList<string> names, ColumnRole role)
        {
            foreach (string name in names)
            {
                if (!roles.TryAdd(name, role))
                {
                    throw new ArgumentException(
                        $"The layout names the column '{name}' twice: as {roles[name].ToString().ToLowerInvariant()} and as {role.ToString().ToLowerInvariant()}.",
                        nameof(layout));
                }
            }
        }
    }

    private static IEnumerable<int> Others(TableLayout layout, IReadOnlyList<TableField> found, Dictionary<string, ColumnRole> roles)
    {
        for (int i = 0; i < found.Count; i++)
        {
            if (layout.IgnoredColumns.Contains(found[i].Name))
                continue;
            // Two columns of one name are both wanted here, so one of them must go.
            _ = IndexOf(found[i].Name, found);
            yield return i;
        }
    }

    private static TableField Field(TableLayout layout, TableField field, Dictionary<string, ColumnRole> roles)
    {
        var role = roles.GetValueOrDefault(field.Name, ColumnRole.Feature);
        return layout.Kinds.TryGetValue(field.Name, out var kind) ? new TableField(field.Name, kind, role) : field.WithRole(role);
    }

    private static int IndexOf(string name, IReadOnlyList<TableField> found)
    {
        int index = -1;
        for (int i = 0; i < found.Count; i++)
        {
            if (!string.Equals(found[i].Name, name, StringComparison.Ordinal))
                continue;
            if (index >= 0)
                throw new TableDataException($"Columns {index} and {i} are both named '{name}'. Rename one, or leave both out (IgnoredColumns).", columnName: name);
            index = i;
        }

        return index >= 0
            ? index
            : throw new TableDataException($"There is no column '{name}'. The columns are: {Names(found)}.", columnName: name);
    }

    private static string Names(IReadOnlyList<TableField> found) => string.Join(", ", found.Select(field => field.Name));
}
