namespace AnomalyKit.Tool.Running;

/// <summary>Makes truth values of a label column whose words a user has explained: named words mark anomalies, all others normal rows, and missing cells stay missing.</summary>
/// <param name="words">The words that mark anomalies; none leaves labels as they are.</param>
internal sealed class LabelMarks(IReadOnlyList<string> words)
{
    private const int MostNamed = 10;

    private readonly HashSet<string> _words = new(words.Select(word => word.Trim()), StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _others = new(StringComparer.Ordinal);
    private bool _isFound;

    /// <summary>What the cells of the column are read as: words are compared as they are written.</summary>
    public KeyValuePair<string, ColumnKind>[] Kinds(string? column) => words.Count == 0 || column is null ? [] : [new(column, ColumnKind.Category)];

    /// <summary>What a detector reads of files, with a column of labels and others that ride along.</summary>
    public TableLayout Layout(TableDetector detector, TableFiles files, string? label, params IReadOnlyList<string> kept)
    {
        var layout = detector.LayoutOf(kept, files, label);
        var kinds = new Dictionary<string, ColumnKind>(layout.Kinds);
        foreach (var (column, kind) in Kinds(label))
            kinds[column] = kind;
        return new TableLayout { Columns = layout.Columns, IdColumns = layout.IdColumns, Kinds = kinds, LabelColumn = label };
    }

    /// <summary>The table with truth values as labels.</summary>
    public FeatureTable Apply(FeatureTable table)
    {
        int label = table.Schema.LabelIndex;
        if (words.Count == 0 || label < 0)
            return table;
        var column = table.Columns[label];
        var cells = new sbyte[table.RowCount];
        for (int row = 0; row < cells.Length; row++)
            cells[row] = column.Text(row)?.Trim() is { } word ? IsAnomaly(word) ? (sbyte)1 : (sbyte)0 : BooleanColumn.MissingCell;
        var columns = table.Columns.ToArray();
        columns[label] = new BooleanColumn(column.Name, cells);
        return new FeatureTable(columns, SchemaOf(table.Schema));
    }

    /// <summary>The rows of a reader with truth values as labels.</summary>
    public TableReader Around(TableReader reader) => words.Count == 0 ? reader : new MarkedReader(reader, this);

    /// <summary>Refuses words that no row has: a slip would make every row normal.</summary>
    public void Check(string? column)
    {
        if (words.Count > 0 && !_isFound && _others.Count > 0)
            throw new UsageException($"No row has {string.Join(" or ", _words.Select(word => $"'{word}'"))} in the column '{column}', so --anomaly-label finds no anomaly. The column has: {string.Join(", ", _others.Select(word => $"'{word}'"))}.");
    }

    private bool IsAnomaly(string word)
    {
        bool isAnomaly = _words.Contains(word);
        _isFound |= isAnomaly;
        if (!isAnomaly && _others.Count < MostNamed)
            _others.Add(word);
        return isAnomaly;
    }

    private static TableSchema SchemaOf(TableSchema schema) => new(schema.Fields.Select(field => field.Role == ColumnRole.Label ? new TableField(field.Name, ColumnKind.Boolean, field.Role, field.Origin) : field));

    private sealed class MarkedReader(TableReader inner, LabelMarks marks) : TableReader
    {
        public override TableSchema Schema { get; } = SchemaOf(inner.Schema);

        public override long RowCount => inner.RowCount;

        public override long? TotalRowCount => inner.TotalRowCount;

        public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default) =>
            inner.ReadBatch(maxRows, cancellationToken) is { } batch ? marks.Apply(batch) : null;

        // Whoever opened the inner reader closes it.
        protected override void Dispose(bool disposing)
        {
        }
    }
}
