using AnomalyKit.Preparation;

namespace AnomalyKit.Profiles;

/// <summary>The profile of columns of a table.</summary>
internal static class TableProfile
{
    private const ulong Stream = 1;

    /// <param name="table">The rows; a weight column counts.</param>
    /// <param name="columnNames">The columns wanted.</param>
    /// <param name="context">The running fit.</param>
    public static ReferenceProfile Of(FeatureTable table, IReadOnlyList<string> columnNames, FitContext context)
    {
        if (table.RowCount == 0)
            throw new TableDataException("The table has no rows; a profile needs at least one.");
        if (columnNames.Count == 0)
            throw new TableDataException($"The table has no feature column. The columns are: {table.Schema}.");
        double[] weights = TableWeights.Of(table, 0) ?? [];
        if (weights.Length > 0 && !weights.AsSpan().ContainsAnyExcept(0.0))
            throw new TableDataException($"All {weights.Length} rows have the weight 0, so that no row counts. Give at least one row a weight above 0.");
        int[] rows = ProfileSample.Draw(table.RowCount, weights, ReferenceProfile.MaxSampleSize, Stream);
        var columns = new ColumnProfile[columnNames.Count];
        context.ForBlocks("profiling", columns.Length, i => columns[i] = Profile(table[columnNames[i]], rows, weights, columns.Length, context.CancellationToken));
        return new ReferenceProfile(ProfileSample.Population(table.RowCount, weights), rows.Length, Array.AsReadOnly(columns));
    }

    private static ColumnProfile Profile(TableColumn column, int[] rows, double[] weights, int columnCount, CancellationToken cancellationToken)
    {
        switch (column)
        {
            case CategoryColumn categories:
                return Levels(categories, rows, weights);
            case BooleanColumn booleans:
                return Booleans(booleans, rows, weights);
            default:
                var range = TableRange.Of(column, weights, cancellationToken);
                var values = new double[rows.Length];
                int kept = 0;
                foreach (int row in rows)
                {
                    double value = TableRange.Value(column, row);
                    values[kept] = value + 0.0;
                    kept += double.IsNaN(value) ? 0 : 1;
                }

                SketchSort.Sort(values.AsSpan(0, kept), new double[kept]);
                return NumberProfile.Of(column.Name, column.Kind, values.AsSpan(0, kept), range, NumberProfile.RunsOf(columnCount));
        }
    }

    private static ColumnProfile Levels(CategoryColumn column, int[] rows, double[] weights)
    {
        var byCode = new long[column.Levels.Count];
        var codes = column.Codes.Span;
        foreach (int row in rows)
        {
            if (codes[row] >= 0)
                byCode[codes[row]]++;
        }

        // A list may hold a word twice, and one that no file can keep.
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        long others = 0;
        for (int code = 0; code < byCode.Length; code++)
        {
            if (!FeatureSchema.IsWellFormed(column.Levels[code]))
                others += byCode[code];
            else if (byCode[code] > 0)
                counts[column.Levels[code]] = counts.GetValueOrDefault(column.Levels[code]) + byCode[code];
        }

        return LevelProfile.Of(column.Name, ColumnKind.Category, counts, others, TableRange.MissingFraction(column, weights));
    }

    private static ColumnProfile Booleans(BooleanColumn column, int[] rows, double[] weights)
    {
        long yes = 0;
        long no = 0;
        foreach (int row in rows)
        {
            yes += column.Cells.Span[row] == 1 ? 1 : 0;
            no += column.Cells.Span[row] == 0 ? 1 : 0;
        }

        return LevelProfile.Of(column.Name, ColumnKind.Boolean, [new("true", yes), new("false", no)], 0, TableRange.MissingFraction(column, weights));
    }
}
