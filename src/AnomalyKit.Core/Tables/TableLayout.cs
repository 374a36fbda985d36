namespace AnomalyKit;

/// <summary>Which columns of a source are read, what their cells are, and what they are for. What is left open is decided by the source.</summary>
/// <remarks>
/// A source that knows its types (Parquet, Arrow, a database) reports them; CSV looks at the cells of the file, and says of each column why (<see cref="TableField.Origin"/>).
/// Kinds that are given here win: cells that do not fit are refused.
/// Immutable; layouts of equal lists are equal.
/// </remarks>
public sealed class TableLayout : IEquatable<TableLayout>
{
    /// <summary>Reads every column of a source, as features.</summary>
    public static TableLayout Default { get; } = new();

    /// <summary>The feature columns to read, in this order; <see langword="null"/> (the default) for all in the order of the source. Ids, label and weight need not be among them.</summary>
    public IReadOnlyList<string>? Columns { get; init => field = value is null ? null : [.. value]; }

    /// <summary>Columns that are left out. None by default.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init => field = [.. value ?? throw new ArgumentNullException(nameof(value))]; } = [];

    /// <summary>What the cells of columns are, by name. Empty by default: the source decides.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds
    {
        get;
        init => field = new Dictionary<string, ColumnKind>(value ?? throw new ArgumentNullException(nameof(value)), StringComparer.Ordinal);
    } = new Dictionary<string, ColumnKind>();

    /// <summary>Columns that name the row and ride along. None by default.</summary>
    public IReadOnlyList<string> IdColumns { get; init => field = [.. value ?? throw new ArgumentNullException(nameof(value))]; } = [];

    /// <summary>The column that says which rows are anomalies; <see langword="null"/> (the default) for none.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The column that says how often a row counts; <see langword="null"/> (the default) for none.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>The layout that reads exactly the columns of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>A layout of its columns, with their kinds and roles.</returns>
    public static TableLayout Of(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new TableLayout
        {
            Columns = [.. Named(schema, ColumnRole.Feature)],
            Kinds = schema.Fields.ToDictionary(field => field.Name, field => field.Kind, StringComparer.Ordinal),
            IdColumns = [.. Named(schema, ColumnRole.Id)],
            LabelColumn = Named(schema, ColumnRole.Label).FirstOrDefault(),
            WeightColumn = Named(schema, ColumnRole.Weight).FirstOrDefault(),
        };
    }

    /// <summary>This layout, and columns that name the row and ride along.</summary>
    /// <param name="columnNames">The columns.</param>
    /// <returns>A new layout.</returns>
    public TableLayout WithIds(params IEnumerable<string> columnNames) => new()
    {
        Columns = Columns,
        IgnoredColumns = IgnoredColumns,
        Kinds = Kinds,
        IdColumns = [.. IdColumns.Union(columnNames ?? throw new ArgumentNullException(nameof(columnNames)))],
        LabelColumn = LabelColumn,
        WeightColumn = WeightColumn,
    };

    /// <summary>Finds the columns of this layout among those of a source; for authors of readers.</summary>
    /// <param name="found">The columns of the source in its order, with the kinds that it knows or guesses. Names may repeat where nobody asks for them.</param>
    /// <returns>The columns to read.</returns>
    /// <exception cref="TableDataException">A column that is asked for is missing or there twice; the message lists those that there are.</exception>
    /// <exception cref="ArgumentException">The layout names a column for two purposes.</exception>
    public TableSelection Select(IReadOnlyList<TableField> found) => TableSelection.Make(this, found);

    /// <inheritdoc/>
    public bool Equals(TableLayout? other) => other is not null
        && (Columns is null ? other.Columns is null : other.Columns is not null && Columns.SequenceEqual(other.Columns))
        && IgnoredColumns.SequenceEqual(other.IgnoredColumns) && IdColumns.SequenceEqual(other.IdColumns)
        && LabelColumn == other.LabelColumn && WeightColumn == other.WeightColumn
        && Kinds.Count == other.Kinds.Count && Kinds.All(kind => other.Kinds.TryGetValue(kind.Key, out var same) && same == kind.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableLayout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Columns?.Count, IgnoredColumns.Count, Kinds.Count, IdColumns.Count, LabelColumn, WeightColumn);

    private static IEnumerable<string> Named(TableSchema schema, ColumnRole role) =>
        schema.Fields.Where(field => field.Role == role).Select(field => field.Name);
}
