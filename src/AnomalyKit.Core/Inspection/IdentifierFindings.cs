using AnomalyKit.Preparation;
using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Columns that name rows: the rule that a preparation refuses them by, with estimates where there are too many values to keep.</summary>
internal static class IdentifierFindings
{
    private const int FewValues = 50;

    // Three times the standard error of the estimate.
    private const double NearlyAll = 0.94;

    public static IEnumerable<InspectionFinding> Of(NumberTally numbers, ColumnInspection column)
    {
        long present = column.PresentCount;
        if (!numbers.IsInt64 || present < FewValues)
            yield break;
        var (least, greatest) = numbers.WholeRange;
        bool isUnique = numbers.IsRising || (column.HasExactDistinctCount ? column.DistinctCount == present : column.DistinctCount >= NearlyAll * present);
        if (!isUnique || (Int128)greatest - least >= 2 * (Int128)present)
            yield break;
        string all = numbers.IsRising || column.HasExactDistinctCount ? "no two the same" : "nearly all different";
        yield return Finding(column, $"Column {Column(column.Name)} looks like a row number: {Count(present)} whole numbers from {least} to {greatest}, {all}.");
    }

    /// <summary>A fit does not refuse it: the hour of the day may matter, though the moment never comes again.</summary>
    public static IEnumerable<InspectionFinding> Of(DateTally dates, ColumnInspection column)
    {
        if (!dates.IsRising || column.PresentCount < FewValues)
            yield break;
        bool hasWeekdays = column.Dates is { } span && DateFit.HasWeekdays(span.Earliest, span.Latest);
        // Fifty different days span more than two weeks, so dates without times have weekdays.
        string learned = !dates.HasTimes ? "weekday" : hasWeekdays ? "hour and weekday" : "hour";
        yield return new InspectionFinding(
            InspectionFindingKind.RisingTime,
            [column.Name],
            $"Column {Column(column.Name)} rises from row to row: {Count(column.PresentCount)} dates and times, no two the same.",
            $"If it only says when a row came, copy it to the scores with {Option("--id", column.Name)}; otherwise a fit learns from its {learned}.",
            false);
    }

    public static bool IsIdentifier(ColumnInspection column) => column.DistinctCount > FewValues && column.DistinctCount * 2 > column.PresentCount;

    public static InspectionFinding Of(WordTally words, ColumnInspection column)
    {
        string count = column.HasExactDistinctCount ? Count(column.DistinctCount) : $"about {Count(column.DistinctCount)}";
        if (words.DateCount == column.PresentCount)
        {
            return new(
                InspectionFindingKind.Identifier,
                [column.Name],
                $"Column {Column(column.Name)} holds dates as words: {count} different ones in {Count(column.PresentCount)} cells.",
                $"A fit refuses it, because nothing can be learned from words that never repeat; read it as dates with {Option("--kind", column.Name)}=datetime, copy it to the scores with {Option("--id", column.Name)}, or leave it out with {Option("--ignore", column.Name)}.",
                true);
        }

        string what = words.MeanLength > 30 ? "free text" : "an identifier";
        return Finding(column, $"Column {Column(column.Name)} looks like {what}: {count} different words in {Count(column.PresentCount)} cells.");
    }

    private static InspectionFinding Finding(ColumnInspection column, string message) => new(
        InspectionFindingKind.Identifier,
        [column.Name],
        message,
        $"A fit refuses it, because nothing can be learned from values that never repeat; copy it to the scores with {Option("--id", column.Name)}, or leave it out with {Option("--ignore", column.Name)}.",
        true);
}
