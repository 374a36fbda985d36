using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>What is to be known of a column.</summary>
internal static class ColumnFindings
{
    public static IEnumerable<InspectionFinding> Of(ColumnTally tally, ColumnInspection column, bool hasLabel)
    {
        if (column.Role != ColumnRole.Feature || column.RowCount == 0)
            return [];
        if (column.PresentCount == 0)
        {
            return [new(
                InspectionFindingKind.AllMissing,
                [column.Name],
                $"Column {Column(column.Name)} has no value in any of {RowText(column.RowCount)}.",
                $"A fit refuses it; leave it out with {Option("--ignore", column.Name)}.",
                true)];
        }

        return [.. Cells(tally, column, hasLabel), .. column.DistinctCount == 1 ? [Constant(column)] : Others(tally, column)];
    }

    private static IEnumerable<InspectionFinding> Others(ColumnTally tally, ColumnInspection column) => tally switch
    {
        WordTally words => WordFindings.Of(words, column),
        NumberTally numbers => [.. IdentifierFindings.Of(numbers, column), .. RangeFindings.Of(numbers, column)],
        DateTally dates => [.. IdentifierFindings.Of(dates, column), .. RangeFindings.Of(dates, column)],
        _ => WordFindings.Skewed(column),
    };

    private static IEnumerable<InspectionFinding> Cells(ColumnTally tally, ColumnInspection column, bool hasLabel)
    {
        if (LabelFindings.OfUnknown(tally, column, hasLabel) is { } label)
        {
            yield return label;
        }
        else if (column.MissingCount > 0)
        {
            yield return new(
                InspectionFindingKind.MissingCells,
                [column.Name],
                $"Column {Column(column.Name)} is missing in {Count(column.MissingCount)} of {RowText(column.RowCount)} ({Percent((double)column.MissingCount / column.RowCount)}).",
                "A fit refuses missing cells; fill them in with --missing median, or keep them with --missing native for the isolation forest, which alone is weak where a single column tells the whole story.",
                true);
        }

        if (tally is NumberTally { InfiniteCount: > 0 } numbers)
        {
            yield return new(
                InspectionFindingKind.InfiniteCells,
                [column.Name],
                $"Column {Column(column.Name)} is infinite in {RowText(numbers.InfiniteCount)}.",
                $"A fit refuses infinite cells; leave the cells empty where the value is not known and give --missing median, or leave the column out with {Option("--ignore", column.Name)}.",
                true);
        }
    }

    private static InspectionFinding Constant(ColumnInspection column) => new(
        InspectionFindingKind.Constant,
        [column.Name],
        $"Column {Column(column.Name)} has the same value{(column.FrequentValues is [var value, ..] ? $", {FindingText.Column(value.Text)}," : string.Empty)} in all {(column.MissingCount > 0 ? "cells that are there" : RowText(column.RowCount))}.",
        $"Nothing can be learned from it, and a later row with another value counts as strange; leave it out with {Option("--ignore", column.Name)} if that is not wanted.",
        false);
}
