namespace AnomalyKit.Batch.Reading;

/// <summary>Finds what the columns of several files are, where CSV leaves it to the cells.</summary>
internal static class CommonKinds
{
    /// <summary>A layout that declares every kind.</summary>
    /// <param name="runs">Several runs of files.</param>
    /// <param name="layout">What is asked for.</param>
    /// <param name="options">How files are read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static TableLayout Of(IReadOnlyList<FileRun> runs, TableLayout layout, TableReadOptions options, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<string, ColumnKind>(layout.Kinds, StringComparer.Ordinal);
        var empty = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<string>? order = null;
        foreach (var run in runs)
        {
            if (!run.Files[0].CanRepeat)
                throw new TableDataException($"'{run.Name}' is empty, or is a pipe that can be read only once. Several files are read twice. Leave this one out, or read it alone.");
            using var reader = run.Open(layout, options, cancellationToken);
            order ??= [.. reader.Schema.Fields.Where(field => field.Role == ColumnRole.Feature).Select(field => field.Name)];
            foreach (var field in reader.Schema.Fields)
                Add(field, run, layout, kinds, empty);
        }

        return new TableLayout
        {
            Columns = layout.Columns ?? order,
            IgnoredColumns = layout.IgnoredColumns,
            Kinds = kinds,
            IdColumns = layout.IdColumns,
            LabelColumn = layout.LabelColumn,
            WeightColumn = layout.WeightColumn,
        };
    }

    private static void Add(TableField field, FileRun run, TableLayout layout, Dictionary<string, ColumnKind> kinds, HashSet<string> empty)
    {
        if (layout.Kinds.ContainsKey(field.Name))
            return;
        // A CSV column without any cell is one of numbers until another file knows better.
        bool isEmpty = run.Format == TableFormat.Csv && field.Origin.Contains("every cell is missing", StringComparison.Ordinal);
        if (!kinds.TryGetValue(field.Name, out var kind) || empty.Contains(field.Name))
        {
            kinds[field.Name] = field.Kind;
            if (isEmpty)
                empty.Add(field.Name);
            else
                empty.Remove(field.Name);
            return;
        }

        if (isEmpty || kind == field.Kind)
            return;
        // Text holds everything that CSV can say; what other formats say of their cells cannot be bent.
        kinds[field.Name] = run.Format == TableFormat.Csv ? ColumnKind.Category : throw new TableDataException(
            $"Column '{field.Name}' is {Describe(field.Kind)} in '{run.Name}' and {Describe(kind)} in an earlier file. Write both in the same way, or leave the column out (IgnoredColumns).", columnName: field.Name);
    }

    private static string Describe(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "a number",
        ColumnKind.Boolean => "true or false",
        ColumnKind.DateTime => "a date and time",
        _ => "text",
    };
}
