namespace AnomalyKit.Batch.Sharding;

/// <summary>Counts the rows of files.</summary>
internal static class PlanMaking
{
    public static void ThrowIfUnsuited(TableFiles files, TableReadOptions options)
    {
        if (!files.CanRepeat)
            throw new ArgumentException("Standard input and pipes cannot be divided into shards, because every shard reads them for itself. Write the rows to a file first.", nameof(files));
        ThrowIfUnsuited(options);
    }

    public static void ThrowIfUnsuited(TableReadOptions options)
    {
        if (options.Csv.BadRows == CsvBadRows.Skip || options.Csv.MaxRows is not null)
            throw new ArgumentException("Shards are made by row number, and skipped rows or a row limit would shift the numbers. Clean the files first (convert), and leave BadRows and MaxRows at their defaults.", nameof(options));
    }

    /// <summary>A column that a layout uses otherwise than a plan does; null where there is none.</summary>
    public static string? OtherColumn(TableSchema planned, TableLayout layout)
    {
        foreach (var field in planned.Fields)
        {
            string name = field.Name;
            var role = layout.IdColumns.Contains(name) ? ColumnRole.Id
                : name == layout.LabelColumn ? ColumnRole.Label
                : name == layout.WeightColumn ? ColumnRole.Weight
                : ColumnRole.Feature;
            bool isLeftOut = layout.IgnoredColumns.Contains(name) || (role == ColumnRole.Feature && layout.Columns?.Contains(name) == false);
            if (role != field.Role || isLeftOut || (layout.Kinds.TryGetValue(name, out var kind) && kind != field.Kind))
                return name;
        }

        string?[] asked = [.. layout.Columns ?? [], .. layout.IdColumns, layout.LabelColumn, layout.WeightColumn];
        return Array.Find(asked, name => name is not null && !planned.TryIndexOf(name, out _));
    }

    /// <summary>The columns, of which every kind is decided.</summary>
    public static TableSchema SchemaOf(TableFiles files, TableLayout? layout, TableReadOptions options, CancellationToken cancellationToken)
    {
        using var reader = files.Open(layout, options, cancellationToken);
        var schema = reader.Schema;
        if (!files.Files.Any(file => file.Format == TableFormat.Csv))
            return schema;
        // Ids that are declared numbers are whole in CSV; those with fractions are kept as the text that they are.
        var first = reader.ReadBatch(1, cancellationToken);
        return new TableSchema(schema.Fields.Select(field => field is { Role: ColumnRole.Id, Kind: ColumnKind.Number } && first?[field.Name] is not Int64Column
            ? new TableField(field.Name, ColumnKind.Category, field.Role, field.Origin)
            : field));
    }

    public static IReadOnlyList<ShardFile> Count(TableFiles files, TableSchema schema, TableReadOptions options, CancellationToken cancellationToken)
    {
        var counted = new List<ShardFile>(files.Files.Count);
        foreach (var file in files.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string fingerprint = FileFingerprint.Of(file.Path);
            counted.Add(new ShardFile(file with { Path = Path.GetFullPath(file.Path) }, RowsOf(file, schema, options, cancellationToken), fingerprint));
        }

        return counted.AsReadOnly();
    }

    private static long RowsOf(TableFile file, TableSchema schema, TableReadOptions options, CancellationToken cancellationToken)
    {
        // What the cells hold is known: looking again would read CSV twice, and refuse cells of columns that nobody reads.
        var layout = file.Format == TableFormat.Csv ? TableLayout.Of(schema) : null;
        using var reader = new TableFiles([file]).Open(layout, options, cancellationToken);
        return reader.TotalRowCount ?? reader.SkipRows(long.MaxValue, cancellationToken);
    }
}
