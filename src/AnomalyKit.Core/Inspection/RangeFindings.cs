using System.Globalization;
using AnomalyKit.Explaining;
using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Values at the ends of a column that look wrong.</summary>
internal static class RangeFindings
{
    private const int MinDistinct = 10;
    private const double Far = 10;

    private static readonly double[] SentinelDates = [.. new[] { DateTime.MinValue, new(1899, 12, 30), new(1900, 1, 1), new(1970, 1, 1), new(2099, 12, 31), new(9999, 12, 31), new(9999, 12, 31, 23, 59, 59) }.Select(date => (double)date.Ticks)];

    public static IEnumerable<InspectionFinding> Of(NumberTally numbers, ColumnInspection column) =>
        Of(numbers.Extremes, column, numbers.Median, IsSentinel, Number);

    public static IEnumerable<InspectionFinding> Of(DateTally dates, ColumnInspection column) =>
        Of(dates.Extremes, column, column.Dates!.Median.Ticks, value => Array.IndexOf(SentinelDates, value) >= 0, ticks => new DateTime((long)Math.Min(ticks, CellValue.LastTick)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static IEnumerable<InspectionFinding> Of(Extremes ends, ColumnInspection column, double median, Func<double, bool> isSentinel, Func<double, string> text)
    {
        foreach (var (end, other) in new[] { (ends.Least, ends.Greatest), (ends.Greatest, ends.Least) })
        {
            // Behind a sentinel of the other end lie the values that count.
            double opposite = isSentinel(other.Value) && !double.IsNaN(other.Next) ? other.Next : other.Value;
            if (column.DistinctCount >= 3 && isSentinel(end.Value) && Math.Abs(end.Value - end.Next) > Math.Abs(end.Next - opposite))
                yield return Sentinel(column, end, text, Math.Min(end.Next, opposite), Math.Max(end.Next, opposite));
            else if (end.Count == 1 && column.DistinctCount >= MinDistinct && Math.Abs(end.Value - median) > Far * Math.Max(Math.Abs(end.Next - median), Math.Abs(other.Value - median)))
                yield return Lone(column, end, text);
        }
    }

    private static InspectionFinding Sentinel(ColumnInspection column, Extremes.End end, Func<double, string> text, double from, double to) => new(
        InspectionFindingKind.Sentinel,
        [column.Name],
        $"Column {Column(column.Name)} is {text(end.Value)} in {RowText(end.Count)}, far from all other values ({text(from)} to {text(to)}), as if it stood for a missing value.",
        "The detector would see it as a very strange value; leave such cells empty in the source, and use --missing median.",
        false);

    private static InspectionFinding Lone(ColumnInspection column, Extremes.End end, Func<double, string> text) => new(
        InspectionFindingKind.FarValue,
        [column.Name],
        $"Column {Column(column.Name)} has a single value, {text(end.Value)}, more than {Far} times as far from the median as any other; the next is {text(end.Next)}.",
        "It may be an error or the anomaly that is looked for; it is kept, and --set Scaling=robust keeps it from squeezing all other values together.",
        false);

    /// <summary>At least three nines and nothing else, or the end of a type of numbers.</summary>
    private static bool IsSentinel(double value)
    {
        double size = Math.Abs(value);
        if (value is int.MinValue or int.MaxValue || size is float.MaxValue or double.MaxValue or >= 9.2e18 and <= 9.3e18)
            return true;
        return size is >= 999 and < 1e15 && size == Math.Floor(size) && ((long)size).ToString(CultureInfo.InvariantCulture).All(digit => digit == '9');
    }
}
