using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>What is to be known of the rows.</summary>
internal static class RowFindings
{
    private const int MinRows = 2;
    private const int FewRows = 256;

    public static IEnumerable<InspectionFinding> Of(long rows)
    {
        if (rows == 0)
            yield return new(InspectionFindingKind.NoRows, [], "The table has no rows.", "A fit needs at least 2; check that the file, the filter or the query is the right one.", true);
        else if (rows < FewRows)
            yield return new(InspectionFindingKind.FewRows, [], $"The table has only {RowText(rows)}.", $"With fewer than {FewRows} rows, it is hard to learn what is usual; use more rows if there are any.", rows < MinRows);
    }

    public static IEnumerable<InspectionFinding> OfDuplicates(long rows, long duplicates, bool isExact)
    {
        if (duplicates == 0)
            yield break;
        string count = isExact
            ? $"{Count(duplicates)} of {RowText(rows)} {(duplicates == 1 ? "is a copy" : "are copies")} of an earlier row"
            : $"About {Count(duplicates)} of {RowText(rows)} are copies of an earlier row, by a sample";
        yield return new(
            InspectionFindingKind.DuplicateRows,
            [],
            $"{count} in all columns.",
            "Copies vouch for each other, so an anomaly that was copied looks usual to detectors that compare neighbors; remove copies that are errors, and keep rows that are events of their own.",
            false);
    }
}
