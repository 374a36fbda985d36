namespace AnomalyKit;

/// <summary>Rows of typed columns: numbers, categories, booleans, dates and times, with missing cells, and with ids, a label and weights that ride along.</summary>
/// <remarks>
/// A table is what people have; a <see cref="FeatureMatrix"/> is what detectors compute on. A preparation leads from one to the other.
/// Immutable; a view of memory that is not copied. Safe for any number of threads as long as nobody writes to that memory.
/// </remarks>
public sealed class FeatureTable
{
    private readonly TableColumn[] _columns;

    /// <summary>Puts columns side by side, as features.</summary>
    /// <param name="columns">At least one, of equal length and different names.</param>
    /// <exception cref="ArgumentException">There is none, or lengths differ, or a name is there twice.</exception>
    public FeatureTable(params IEnumerable<TableColumn> columns)
        : this([.. columns ?? throw new ArgumentNullException(nameof(columns))], schema: null)
    {
    }

    /// <summary>Puts columns side by side.</summary>
    /// <param name="columns">One column for each field of the schema, of its name and kind, in its order; of equal length.</param>
    /// <param name="schema">What the columns are for.</param>
    /// <exception cref="ArgumentException">A column is not what the schema says, or lengths differ.</exception>
    public FeatureTable(IEnumerable<TableColumn> columns, TableSchema schema)
        : this([.. columns ?? throw new ArgumentNullException(nameof(columns))], schema ?? throw new ArgumentNullException(nameof(schema)))
    {
    }

    private FeatureTable(TableColumn[] columns, TableSchema? schema)
    {
        if (Array.IndexOf(columns, null!) >= 0)
            throw new ArgumentException($"Column {Array.IndexOf(columns, null!)} is null.", nameof(columns));
        schema ??= new TableSchema(columns.Select(column => new TableField(column.Name, column.Kind)));
        if (schema.ColumnCount != columns.Length)
            throw new ArgumentException($"{columns.Length} columns for a schema of {schema.ColumnCount}.", nameof(columns));
        for (int i = 0; i < columns.Length; i++)
        {
            var (column, field) = (columns[i], schema.Fields[i]);
            if (column.Name != field.Name || column.Kind != field.Kind)
                throw new ArgumentException($"Column {i} is '{column.Name}: {column.Kind}'; the schema says '{field.Name}: {field.Kind}'.", nameof(columns));
            if (column.RowCount != columns[0].RowCount)
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' has {column.RowCount} rows and column '{columns[0].Name}' has {columns[0].RowCount}. All need the same number.", nameof(columns));
            }
        }

        _columns = columns;
        Schema = schema;
        RowCount = columns[0].RowCount;
        Columns = _columns.AsReadOnly();
    }

    /// <summary>The names, kinds and roles of the columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>The columns, in the order of the schema.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The number of rows; may be 0.</summary>
    public int RowCount { get; }

    /// <summary>A column by name.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">There is no such column; the message lists those that there are.</exception>
    public TableColumn this[string columnName] => _columns[Schema.IndexOf(columnName)];

    /// <summary>One table of the rows of several, in order.</summary>
    /// <param name="tables">At least one; all of equal schemas.</param>
    /// <returns>The rows, copied unless there is one table only. Number columns of different types become doubles.</returns>
    /// <exception cref="ArgumentException">There is none, or schemas differ, or the rows are more than <see cref="Array.MaxLength"/>.</exception>
    public static FeatureTable Concat(IReadOnlyList<FeatureTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Count == 0)
            throw new ArgumentException("No tables, so the columns are unknown.", nameof(tables));
        var schema = tables[0].Schema;
        foreach (var table in tables)
        {
            if (!table.Schema.Equals(schema))
                throw new ArgumentException($"One table has the columns ({table.Schema}), the first has ({schema}). All need the same.", nameof(tables));
        }

        long rows = tables.Sum(table => (long)table.RowCount);
        if (rows > Array.MaxLength)
            throw new ArgumentException($"{rows} rows; a table holds at most {Array.MaxLength}. Go through them batch by batch.", nameof(tables));
        if (tables.Count == 1)
            return tables[0];
        return new FeatureTable(Enumerable.Range(0, schema.ColumnCount).Select(i => Append([.. tables.Select(table => table._columns[i])])), schema);
    }

    /// <summary>A run of rows, without copying.</summary>
    /// <param name="start">The zero-based first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>A table of the same columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the table.</exception>
    public FeatureTable Slice(int start, int count)
    {
        if ((uint)start > (uint)RowCount)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"The table has {RowCount} rows.");
        if ((uint)count > (uint)(RowCount - start))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{RowCount - start} rows follow from row {start}.");
        return new FeatureTable(_columns.Select(column => column.Slice(start, count)), Schema);
    }

    /// <summary>Without the words that no row has: see <see cref="CategoryColumn.Trimmed"/>.</summary>
    internal FeatureTable Trimmed(TableSchema schema) => new(_columns.Select(column => column is CategoryColumn words ? words.Trimmed() : column), schema);

    /// <summary>Copies of some rows.</summary>
    /// <param name="rows">Zero-based rows, in any order, repeated or not.</param>
    /// <returns>A table of the same columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public FeatureTable SelectRows(ReadOnlySpan<int> rows)
    {
        var selected = new TableColumn[_columns.Length];
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)RowCount)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"The table has {RowCount} rows.");
        }

        for (int i = 0; i < selected.Length; i++)
            selected[i] = _columns[i].Select(rows);
        return new FeatureTable(selected, Schema);
    }

    /// <summary>Some of the columns, without copying.</summary>
    /// <param name="columnNames">The names, in the order wanted.</param>
    /// <returns>A table of these columns, in the roles that they have.</returns>
    /// <exception cref="ArgumentException">There is no such column, or one is named twice.</exception>
    public FeatureTable SelectColumns(params IEnumerable<string> columnNames)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        int[] indexes = [.. columnNames.Select(Schema.IndexOf)];
        return new FeatureTable(indexes.Select(index => _columns[index]), new TableSchema(indexes.Select(index => Schema.Fields[index])));
    }

    /// <summary>This table and one more column.</summary>
    /// <param name="column">A column of as many rows and another name.</param>
    /// <param name="role">What it is for.</param>
    /// <returns>A new table; columns are shared.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the number of rows differs.</exception>
    public FeatureTable WithColumn(TableColumn column, ColumnRole role = ColumnRole.Feature)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new FeatureTable(_columns.Append(column), new TableSchema(Schema.Fields.Append(new TableField(column.Name, column.Kind, role))));
    }

    /// <summary>The same table, a column of which is for another purpose.</summary>
    /// <param name="columnName">The column.</param>
    /// <param name="role">Its purpose.</param>
    /// <returns>A new table; columns are shared.</returns>
    /// <exception cref="ArgumentException">There is no such column, or there is a label or weight already.</exception>
    public FeatureTable WithRole(string columnName, ColumnRole role) => new(_columns, Schema.WithRole(columnName, role));

    /// <summary>Rows and columns.</summary>
    /// <returns>For example <c>1000 rows of amount: number, merchant: category</c>.</returns>
    public override string ToString() => $"{RowCount} rows of {Schema}";

    private static TableColumn Append(TableColumn[] columns)
    {
        if (columns[0] is NumberColumn && columns.Any(column => column.GetType() != columns[0].GetType()))
            columns = [.. columns.Cast<NumberColumn>().Select(AsDouble)];
        if (columns[0] is DateTimeColumn)
            columns = SameZone(columns);

        return columns[0].Append(columns[1..]);
    }

    /// <summary>Points in time and times without a zone do not mix; a column of nothing but missing cells goes with both.</summary>
    private static TableColumn[] SameZone(TableColumn[] columns)
    {
        var known = columns.Cast<DateTimeColumn>().Where(column => column.MissingCount < column.RowCount).ToArray();
        if (known.Any(column => column.IsUtc != known[0].IsUtc))
        {
            throw new ArgumentException(
                $"Column '{known[0].Name}' holds points in time (UTC) in one table and times without a zone in another. Give all of them a zone, or none.", nameof(columns));
        }

        return known.Length == 0 ? columns : [.. columns.Cast<DateTimeColumn>().Select(column => new DateTimeColumn(column.Name, column.Ticks, known[0].IsUtc))];
    }

    private static DoubleColumn AsDouble(NumberColumn column)
    {
        if (column is DoubleColumn already)
            return already;
        var values = new double[column.RowCount];
        column.CopyTo(0, values);
        return new DoubleColumn(column.Name, values);
    }
}
