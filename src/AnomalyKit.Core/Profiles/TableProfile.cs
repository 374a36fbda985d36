using AnomalyKit.Preparation;
using AnomalyKit.Tables;

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
        context.ForBlocks("profiling", columns.Length, i =>
        {
            var column = table[columnNames[i]];
            var range = column is CategoryColumn or BooleanColumn
                ? new ColumnRange(0, 0, TableRange.MissingFraction(column, weights))
                : TableRange.Of(column, weights, context.CancellationToken);
            columns[i] = Profile(column, rows, range, columns.Length);
        });
        return new ReferenceProfile(ProfileSample.Population(table.RowCount, weights), rows.Length, Array.AsReadOnly(columns));
    }

    /// <summary>The rows that the profile looks at, of so many.</summary>
    public static long[] RowsOf(long rowCount) => ProfileSample.Draw(rowCount, ReferenceProfile.MaxSampleSize, Stream);

    /// <summary>The profile of a table of which only some rows are there.</summary>
    /// <param name="table">Its feature columns.</param>
    /// <param name="extracted">What is known of all rows.</param>
    /// <param name="rows">The positions of the rows to sample.</param>
    /// <param name="totalRowCount">The rows of the whole table.</param>
    /// <param name="columnNames">The columns wanted.</param>
    /// <param name="context">The running fit.</param>
    public static ReferenceProfile Of(FeatureTable table, ExtractedRows extracted, int[] rows, long totalRowCount, IReadOnlyList<string> columnNames, FitContext context)
    {
        var columns = new ColumnProfile[columnNames.Count];
        context.ForBlocks("profiling", columns.Length, i =>
        {
            var statistics = extracted.Statistics[columnNames[i]];
            double missing = statistics.MissingFraction;
            var range = statistics switch
            {
                NumberStatistics numbers => new ColumnRange(numbers.Minimum + 0.0, numbers.Maximum + 0.0, missing),
                DateStatistics { Present: > 0 } dates => new ColumnRange(dates.Minimum, dates.Maximum, missing),
                DateStatistics => new ColumnRange(double.PositiveInfinity, double.NegativeInfinity, missing),
                _ => new ColumnRange(0, 0, missing),
            };
            columns[i] = Profile(table[columnNames[i]], rows, range, columns.Length);
        });
        return new ReferenceProfile(totalRowCount, rows.Length, Array.AsReadOnly(columns));
    }

    /// <summary>Whether a profile remembers exactly the distribution of these cells.</summary>
    /// <param name="profile">What is remembered.</param>
    /// <param name="column">The cells that the profile would have looked at.</param>
    /// <param name="columnCount">How many columns the table has.</param>
    public static bool IsOf(ColumnProfile profile, TableColumn column, int columnCount)
    {
        var seen = Profile(column, [.. Enumerable.Range(0, column.RowCount)], new ColumnRange(0, 0, 0), columnCount);
        return Equals(seen.Sketch, profile.Sketch) && seen.DistinctCount == profile.DistinctCount && seen.OtherCount == profile.OtherCount
            && seen.Levels.SequenceEqual(profile.Levels) && seen.LevelCounts.SequenceEqual(profile.LevelCounts);
    }

    /// <param name="column">The cells.</param>
    /// <param name="rows">The rows to sample.</param>
    /// <param name="range">Of all rows; of categories and booleans only the missing cells are looked at.</param>
    /// <param name="columnCount">How many columns the table has.</param>
    private static ColumnProfile Profile(TableColumn column, int[] rows, ColumnRange range, int columnCount)
    {
        switch (column)
        {
            case CategoryColumn categories:
                return Levels(categories, rows, range.MissingFraction);
            case BooleanColumn booleans:
                return Booleans(booleans, rows, range.MissingFraction);
            default:
                var values = new double[rows.Length];
                int kept = 0;
                foreach (int row in rows)
                {
                    double value = TableRange.Value(column, row);
                    values[kept] = value + 0.0;
                    kept += double.IsNaN(value) ? 0 : 1;
                }

                SketchSort.Sort(values.AsSpan(0, kept), new double[kept]);
                return NumberProfile.Of<double>(column.Name, column.Kind, values.AsSpan(0, kept), 0, range, NumberProfile.RunsOf(columnCount));
        }
    }

    private static ColumnProfile Levels(CategoryColumn column, int[] rows, double missingFraction)
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

        return LevelProfile.Of(column.Name, ColumnKind.Category, counts, others, missingFraction);
    }

    private static ColumnProfile Booleans(BooleanColumn column, int[] rows, double missingFraction)
    {
        long yes = 0;
        long no = 0;
        foreach (int row in rows)
        {
            yes += column.Cells.Span[row] == 1 ? 1 : 0;
            no += column.Cells.Span[row] == 0 ? 1 : 0;
        }

        return LevelProfile.Of(column.Name, ColumnKind.Boolean, [new("true", yes), new("false", no)], 0, missingFraction);
    }
}
