using AnomalyKit.Preparation;

namespace AnomalyKit.Extraction;

/// <summary>Puts the extracts of parts of a table together.</summary>
internal static class ExtractMerge
{
    public static TableExtract Of(TableExtract[] parts)
    {
        if (parts.Length == 0)
            throw new ArgumentException("There is no extract to merge.", nameof(parts));
        if (Array.IndexOf(parts, null) is >= 0 and var missing)
            throw new ArgumentException($"Extract {missing} is null.", nameof(parts));
        if (parts.Length == 1)
            return parts[0];
        Array.Sort(parts, (one, other) => (one.FirstRow, one.EndRow).CompareTo((other.FirstRow, other.EndRow)));
        var first = parts[0];
        var statistics = new TableStatistics(first.Schema);
        for (int i = 0; i < parts.Length; i++)
        {
            ThrowIfDifferent(first, parts[i]);
            if (i > 0 && parts[i].FirstRow != parts[i - 1].EndRow)
            {
                throw new ArgumentException(parts[i].FirstRow > parts[i - 1].EndRow
                    ? $"Rows {parts[i - 1].EndRow} to {parts[i].FirstRow} are missing: no part has gone through them."
                    : $"Row {parts[i].FirstRow} is in two parts. Give each part once.");
            }

            statistics.Append(parts[i].Statistics);
        }

        var kept = KeptRows.Concat([.. parts.Select(part => new KeptRows(part.Subset.Numbers.ToArray(), part.IsDrawn, part.Rows))], first.Schema, statistics.Witnesses());
        return new TableExtract(first.FirstRow, parts[^1].EndRow, first.SampleSize, kept.Table, new RowSubset(first.TotalRowCount, kept.Numbers), kept.IsDrawn, statistics);
    }

    private static void ThrowIfDifferent(TableExtract one, TableExtract other)
    {
        if (!other.Schema.Equals(one.Schema))
            throw new TableDataException($"One part has the columns ({other.Schema}), another one has ({one.Schema}). Read all parts with one layout.");
        if (other.TotalRowCount != one.TotalRowCount)
            throw new ArgumentException($"One part is of a table of {other.TotalRowCount} rows, another one of a table of {one.TotalRowCount}.");
        if (other.SampleSize != one.SampleSize)
            throw new ArgumentException($"One part was made with a SampleSize of {other.SampleSize}, another one with {one.SampleSize}. Make all parts with the same options.");
    }
}
