using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Cuts the rows, ordered by time, into stretches, and measures each but the first on what lies before it.</summary>
internal sealed class TimeOrderedSplit(string? column, int folds) : ValidationSplit(folds)
{
    public override string ToString() => column is null ? $"time:{FoldCount}" : $"time:{column}:{FoldCount}";

    private protected override IReadOnlyList<ValidationFold> Folds(SearchRows rows, int[] among, int folds)
    {
        double[]? times = column is null ? null : TimesOf(rows.Column(column));
        // The sort is stable: rows of the same time keep their order.
        int[] ordered = times is null ? among : [.. among.OrderBy(row => times[row])];
        var made = new List<ValidationFold>();
        int start = Cut(ordered, times, 1, folds);
        for (int stretch = 2; stretch <= folds + 1; stretch++)
        {
            int end = Cut(ordered, times, stretch, folds);
            // Without an anomaly, or with nothing else, the stretch goes on.
            if (!HasBoth(rows, ordered.AsSpan(start..end)))
                continue;
            made.Add(Fold(rows, ordered, start, end));
            start = end;
        }

        if (made.Count > 0 && start < ordered.Length)
            made[^1] = Fold(rows, ordered, made[^1].Training.Length, ordered.Length);
        return made.Count > 0 ? made : throw new ArgumentException(
            $"Of {folds + 1} stretches of time, none after the first has both a labeled anomaly and a labeled normal row, so there is nothing to measure on. Use fewer folds, or label later rows.");
    }

    private static ValidationFold Fold(SearchRows rows, int[] ordered, int start, int end) =>
        new([.. ordered[..start].Order()], [.. ordered[start..end].Where(rows.Labels.Knows).Order()]);

    /// <summary>Where a stretch ends: after its part of the rows, and after all rows of the same time as its last.</summary>
    private static int Cut(int[] ordered, double[]? times, int stretch, int folds)
    {
        int end = (int)((long)ordered.Length * stretch / (folds + 1));
        while (times is not null && end > 0 && end < ordered.Length && times[ordered[end]] == times[ordered[end - 1]])
            end++;
        return end;
    }

    private static bool HasBoth(SearchRows rows, ReadOnlySpan<int> stretch)
    {
        var (anomaly, normal) = (false, false);
        foreach (int row in stretch)
        {
            anomaly |= rows.Labels.IsAnomaly[row];
            normal |= rows.Labels.Knows(row) && !rows.Labels.IsAnomaly[row];
        }

        return anomaly && normal;
    }

    private static double[] TimesOf(TableColumn column)
    {
        var times = new double[column.RowCount];
        for (int row = 0; row < times.Length; row++)
        {
            times[row] = column switch
            {
                DateTimeColumn dates when !dates.IsMissing(row) => dates.Ticks.Span[row],
                NumberColumn numbers when double.IsFinite(numbers.Value(row)) => numbers.Value(row),
                DateTimeColumn or NumberColumn => throw new TableDataException(
                    $"Row {row}, column '{column.Name}' is missing or not finite, so the time of the row is not known. Fill the cell, or leave the row out.", row, column.Name),
                _ => throw new ArgumentException(
                    $"Column '{column.Name}' is of kind {column.Kind}; a time column must hold dates and times, or numbers. Read it as such a column (TableLayout.Kinds; for dates that are not written as ISO 8601 writes them, CsvTableOptions.DateFormats), or order the rows and use TimeOrdered without a column."),
            };
        }

        return times;
    }
}
