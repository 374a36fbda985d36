using AnomalyKit.Csv;

namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of numbers.</summary>
internal static class NumberFit
{
    private const int OffsetRows = 4096;

    public static NumberEncoder Fit(NumberColumn column, MissingCells rule, CancellationToken cancellationToken)
    {
        var values = new double[column.RowCount];
        column.CopyTo(0, values);
        int present = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]))
                continue;
            if (!double.IsFinite(values[row]))
                throw new TableDataException($"Row {row}, column '{column.Name}' is {(values[row] > 0 ? "∞" : "-∞")}; a finite number was expected. Make the cell missing where the value is not known.", row, column.Name);
            values[present++] = values[row];
        }

        cancellationToken.ThrowIfCancellationRequested();
        var known = values.AsSpan(0, present);
        double[] first = known[..Math.Min(present, OffsetRows)].ToArray();
        Array.Sort(first);
        double offset = OffsetChoice.From(first);
        bool isSorted = rule.Rule is MissingRule.Median or MissingRule.Mean or MissingRule.MostFrequent;
        if (!isSorted)
            return new NumberEncoder(column.Name, offset, FillRule.Of(rule, [], offset, column.Name));
        double[] sorted = known.ToArray();
        Array.Sort(sorted);
        return new NumberEncoder(column.Name, offset, FillRule.Of(rule, sorted, offset, column.Name));
    }
}
