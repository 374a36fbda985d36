using AnomalyKit.Csv;

namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of numbers.</summary>
internal static class NumberFit
{
    /// <summary>How many of the first values decide on the offset.</summary>
    public const int OffsetRows = 4096;

    public static TableDataException Infinite(long row, string column, double value) =>
        new($"Row {row}, column '{column}' is {(value > 0 ? "∞" : "-∞")}; a finite number was expected. Make the cell missing where the value is not known.", row, column);

    /// <summary>Fits the encoder where only some rows are there.</summary>
    public static NumberEncoder Fit(NumberColumn column, MissingCells rule, ExtractedRows extracted)
    {
        double[] first = ((NumberStatistics)extracted.Statistics[column.Name]).Head();
        Array.Sort(first);
        double offset = OffsetChoice.From(first);
        if (!FillRule.NeedsValues(rule))
            return new NumberEncoder(column.Name, offset, FillRule.Of(rule, WeightedValues.None, offset, column.Name));
        var sampled = extracted.Sampled(column);
        var values = new double[sampled.RowCount];
        sampled.CopyTo(0, values);
        return new NumberEncoder(column.Name, offset, FillRule.Of(rule, new WeightedValues([.. values.Where(value => !double.IsNaN(value))], null), offset, column.Name));
    }

    public static NumberEncoder Fit(NumberColumn column, MissingCells rule, double[]? weights, CancellationToken cancellationToken)
    {
        var values = new double[column.RowCount];
        column.CopyTo(0, values);
        double[]? kept = weights is null ? null : new double[values.Length];
        int present = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]))
                continue;
            if (!double.IsFinite(values[row]))
                throw Infinite(row, column.Name, values[row]);
            if (kept is not null)
                kept[present] = weights![row];
            values[present++] = values[row];
        }

        cancellationToken.ThrowIfCancellationRequested();
        Array.Resize(ref values, present);
        if (kept is not null)
            Array.Resize(ref kept, present);
        double[] first = values[..Math.Min(present, OffsetRows)];
        Array.Sort(first);
        double offset = OffsetChoice.From(first);
        var sorted = FillRule.NeedsValues(rule) ? new WeightedValues(values, kept) : WeightedValues.None;
        return new NumberEncoder(column.Name, offset, FillRule.Of(rule, sorted, offset, column.Name));
    }
}
