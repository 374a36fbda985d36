using System.Globalization;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>What is known of a table, for people.</summary>
internal static class TableInspectionView
{
    private const int MostLetters = 24;

    public static void Write(ToolContext context, TableInspection inspection)
    {
        var table = new TextTable("column", "kind", ">missing", ">distinct", ">min", ">median", ">max", "most frequent");
        foreach (var column in inspection.Columns)
        {
            var numbers = column.Numbers;
            var dates = column.Dates;
            table.Row(
                Shortened(column.Name),
                column.Role == ColumnRole.Feature ? Name(column.Kind) : $"{Name(column.Kind)} ({Name(column.Role)})",
                column.MissingCount == 0 ? "-" : column.MissingCount.ToString("N0", CultureInfo.InvariantCulture),
                $"{(column.HasExactDistinctCount ? "" : "about ")}{column.DistinctCount.ToString("N0", CultureInfo.InvariantCulture)}",
                Number(numbers?.Minimum) ?? Date(dates?.Earliest),
                Number(numbers?.Median) ?? Date(dates?.Median),
                Number(numbers?.Maximum) ?? Date(dates?.Latest),
                column.FrequentValues is [{ Count: > 1 } most, ..] ? Frequent(most, column.Kind) : "-");
        }

        table.Write(context);
        string copies = inspection.DuplicateRowCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {(inspection.HasExactDuplicateRowCount ? "" : "about ")}{inspection.DuplicateRowCount:N0} of them copies of others");
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inspection.RowCount:N0} rows{copies}."));
        if (!inspection.Correlations.IsComplete)
            context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"To find columns that move together, the first {inspection.Correlations.ComparedColumnCount:N0} of {inspection.Correlations.ComparableColumnCount:N0} columns of numbers were compared."));
        foreach (var finding in inspection.Findings)
        {
            context.Text.WriteLine();
            context.Text.WriteLine($"{(finding.BlocksFit ? "!" : "*")} {TextTable.Printable(Remedies.Translate(finding.Message))}");
            context.Text.WriteLine($"  {TextTable.Printable(Remedies.Translate(finding.Advice))}");
        }

        if (inspection.BlocksFit)
        {
            context.Text.WriteLine();
            context.Text.WriteLine("A fit is refused until what is marked with ! is settled.");
        }
        else
        {
            context.Text.WriteLine();
            context.Text.WriteLine("Nothing stands in the way of a fit.");
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Number(double? value) => value is null or double.NaN ? null : value.Value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Date(DateTime? value) => value is null ? "-" : value.Value.ToString(value.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A count that is not exact may be too low.</summary>
    private static string Frequent(FrequentValue value, ColumnKind kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{(kind == ColumnKind.DateTime ? Moment(value.Text) : Shortened(value.Text))} × {(value.IsExact ? "" : "at least ")}{value.Count:N0}");

    /// <summary>A date as those beside it, with seconds where it has some.</summary>
    private static string Moment(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) is var date && date.Ticks % TimeSpan.TicksPerMinute == 0
        ? Date(date)
        : date.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length <= MostLetters ? text : string.Concat(text.AsSpan(0, MostLetters - 1), "…");
}
