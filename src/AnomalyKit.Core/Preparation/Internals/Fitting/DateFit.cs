using System.Runtime.InteropServices;

namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of dates and times.</summary>
internal static class DateFit
{
    private const int DaysOfWeekdays = 14;

    /// <summary>Whether rows from one day to another tell what is usual of a weekday: each weekday is there twice.</summary>
    public static bool HasWeekdays(DateTime earliest, DateTime latest) => (latest.Date - earliest.Date).Days + 1 >= DaysOfWeekdays;

    /// <summary>Fits the encoder where only some rows are there.</summary>
    /// <returns><see langword="null"/> where no part is left.</returns>
    public static DateEncoder? Fit(DateTimeColumn column, DateParts parts, MissingCells rule, ExtractedRows extracted)
    {
        var statistics = (DateStatistics)extracted.Statistics[column.Name];
        // The rows that are there have one with a time of day if any row of the table has.
        return Fit(extracted.Sampled(column), Chosen(parts, column, statistics.Minimum, statistics.Maximum), rule, weights: null, statistics.Minimum);
    }

    /// <param name="column">The cells.</param>
    /// <param name="parts">What becomes cells.</param>
    /// <param name="rule">What becomes of missing cells.</param>
    /// <param name="weights">One per row, or empty.</param>
    /// <returns><see langword="null"/> where no part is left.</returns>
    public static DateEncoder? Fit(DateTimeColumn column, DateParts parts, MissingCells rule, double[]? weights)
    {
        var (origin, end) = (long.MaxValue, long.MinValue);
        foreach (long ticks in Present(column))
            (origin, end) = (Math.Min(origin, ticks), Math.Max(end, ticks));
        return Fit(column, Chosen(parts, column, origin, end), rule, weights, origin);
    }

    /// <summary>What <see cref="DateParts.Automatic"/> stands for in a column, with the parts that are given beside it.</summary>
    private static DateParts Chosen(DateParts parts, DateTimeColumn column, long earliest, long latest)
    {
        if (!parts.HasFlag(DateParts.Automatic))
            return parts;
        parts &= ~DateParts.Automatic;
        // Dates without a time of day are all of midnight: a later one with a time would look strange.
        if (Present(column).Any(ticks => ticks % TimeSpan.TicksPerDay != 0))
            parts |= DateParts.Hour;
        if (earliest <= latest && HasWeekdays(new DateTime(earliest), new DateTime(latest)))
            parts |= DateParts.Weekday;
        return parts;
    }

    private static DateEncoder? Fit(DateTimeColumn column, DateParts parts, MissingCells rule, double[]? weights, long origin)
    {
        if (parts == DateParts.None)
            return null;
        int partCount = DateEncoder.PartNames(parts).Length;
        var refused = Enumerable.Repeat(CellFill.Refused, partCount).ToArray();
        if (rule.Rule is MissingRule.Refuse or MissingRule.Native)
            return new DateEncoder(column.Name, parts, column.IsUtc, origin, rule.Rule == MissingRule.Refuse ? refused : [.. refused.Select(_ => CellFill.Native)]);
        if (rule.Rule == MissingRule.Constant)
            throw new ArgumentException($"Missing cells of column '{column.Name}' are to become a constant, but its cells are dates. Give the column an entry of its own in TablePreparation.Columns.");

        long[] ticks = [.. Present(column)];
        float[] cells = new float[ticks.Length * partCount];
        new DateEncoder(column.Name, parts, column.IsUtc, origin, refused).Encode(new DateTimeColumn(column.Name, ticks, column.IsUtc), new RowCells(cells, partCount, 0, 0, ticks.Length, 0));
        var fills = new CellFill[partCount];
        for (int part = 0; part < partCount; part++)
        {
            double[] values = [.. Enumerable.Range(0, ticks.Length).Select(row => (double)cells[(row * partCount) + part])];
            double[]? kept = weights is null ? null : [.. Enumerable.Range(0, column.RowCount).Where(row => !column.IsMissing(row)).Select(row => weights[row])];
            fills[part] = FillRule.Of(rule, new WeightedValues(values, kept), 0, column.Name);
        }

        return new DateEncoder(column.Name, parts, column.IsUtc, origin, fills);
    }

    private static IEnumerable<long> Present(DateTimeColumn column) => MemoryMarshal.ToEnumerable(column.Ticks).Where(ticks => ticks != DateTimeColumn.MissingCell);
}
