namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of dates and times.</summary>
internal static class DateFit
{
    private const int DaysOfWeekdays = 14;

    /// <summary>Whether rows from one day to another tell what is usual of a weekday: each weekday is there twice.</summary>
    public static bool HasWeekdays(DateTime earliest, DateTime latest) => (latest.Date - earliest.Date).Days + 1 >= DaysOfWeekdays;

    /// <summary>Fits the encoder where only some rows are there.</summary>
    public static DateEncoder Fit(DateTimeColumn column, DateParts parts, MissingCells rule, ExtractedRows extracted)
    {
        var statistics = (DateStatistics)extracted.Statistics[column.Name];
        return Fit(extracted.Sampled(column), parts, rule, weights: null, statistics.Minimum, statistics.Maximum);
    }

    /// <param name="column">The cells.</param>
    /// <param name="parts">What becomes cells.</param>
    /// <param name="rule">What becomes of missing cells.</param>
    /// <param name="weights">One per row, or empty.</param>
    /// <param name="origin">A time as early as all others; that of the column is found here.</param>
    /// <param name="end">A time as late as all others; that of the column is found here.</param>
    public static DateEncoder Fit(DateTimeColumn column, DateParts parts, MissingCells rule, double[]? weights, long origin = long.MaxValue, long end = long.MinValue)
    {
        int present = 0;
        foreach (long ticks in column.Ticks.Span)
        {
            if (ticks == DateTimeColumn.MissingCell)
                continue;
            origin = Math.Min(origin, ticks);
            end = Math.Max(end, ticks);
            present++;
        }

        if (parts.HasFlag(DateParts.Automatic))
            parts = (parts & ~DateParts.Automatic) | DateParts.Hour | (present > 0 && HasWeekdays(new DateTime(origin), new DateTime(end)) ? DateParts.Weekday : DateParts.None);
        int partCount = DateEncoder.PartNames(parts).Length;
        var refused = Enumerable.Repeat(CellFill.Refused, partCount).ToArray();
        if (rule.Rule is MissingRule.Refuse or MissingRule.Native)
            return new DateEncoder(column.Name, parts, column.IsUtc, origin, rule.Rule == MissingRule.Refuse ? refused : [.. refused.Select(_ => CellFill.Native)]);
        if (rule.Rule == MissingRule.Constant)
            throw new ArgumentException($"Missing cells of column '{column.Name}' are to become a constant, but its cells are dates. Give the column an entry of its own in TablePreparation.Columns.");

        float[] cells = Cells(column, new DateEncoder(column.Name, parts, column.IsUtc, origin, refused), present, partCount);
        var fills = new CellFill[partCount];
        for (int part = 0; part < partCount; part++)
        {
            double[] values = [.. Enumerable.Range(0, present).Select(row => (double)cells[(row * partCount) + part])];
            double[]? kept = weights is null ? null : [.. Enumerable.Range(0, column.RowCount).Where(row => !column.IsMissing(row)).Select(row => weights[row])];
            fills[part] = FillRule.Of(rule, new WeightedValues(values, kept), 0, column.Name);
        }

        return new DateEncoder(column.Name, parts, column.IsUtc, origin, fills);
    }

    private static float[] Cells(DateTimeColumn column, DateEncoder encoder, int present, int partCount)
    {
        var ticks = new long[present];
        int count = 0;
        foreach (long cell in column.Ticks.Span)
        {
            if (cell != DateTimeColumn.MissingCell)
                ticks[count++] = cell;
        }

        var cells = new float[present * partCount];
        encoder.Encode(new DateTimeColumn(column.Name, ticks, column.IsUtc), new RowCells(cells, partCount, 0, 0, present, 0));
        return cells;
    }
}
