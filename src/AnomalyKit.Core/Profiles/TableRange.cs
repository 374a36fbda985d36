namespace AnomalyKit.Profiles;

/// <summary>The ends and the missing cells of a column of a table, over all rows that count.</summary>
internal static class TableRange
{
    private const int RowsAtOnce = 4096;

    public static ColumnRange Of(TableColumn column, ReadOnlySpan<double> weights, CancellationToken cancellationToken)
    {
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        for (int row = 0; row < column.RowCount; row++)
        {
            if (row % RowsAtOnce == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!weights.IsEmpty && weights[row] == 0)
                continue;
            double value = Value(column, row);
            if (double.IsInfinity(value))
            {
                throw new TableDataException(
                    FormattableString.Invariant($"Row {row}, column '{column.Name}' is {value}; a finite number was expected. Remove the row, or leave the cell missing."), row, column.Name);
            }

            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
        }

        return new ColumnRange(minimum + 0.0, maximum + 0.0, MissingFraction(column, weights));
    }

    public static double MissingFraction(TableColumn column, ReadOnlySpan<double> weights)
    {
        double missing = 0;
        double all = 0;
        for (int row = 0; row < column.RowCount; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            all += weight;
            missing += column.IsMissing(row) ? weight : 0;
        }

        return missing / all;
    }

    /// <summary>A cell as a number: of a date its ticks; NaN where it is missing.</summary>
    public static double Value(TableColumn column, int row) => column switch
    {
        NumberColumn numbers => numbers.Value(row),
        DateTimeColumn dates => dates.IsMissing(row) ? double.NaN : dates.Ticks.Span[row],
        _ => throw new ArgumentException($"Column '{column.Name}' holds no numbers.", nameof(column)),
    };
}
