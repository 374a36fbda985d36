using AnomalyKit.Samples.CreditCard.Evaluation;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>What was read, and what it ran on.</summary>
internal static class FactsSection
{
    public static void Append(Markup html, CreditCardReport report)
    {
        var (data, machine) = (report.Data, report.Machine);
        (string Name, string Text)[] facts =
        [
            ("Data", FormattableString.Invariant($"{data.Source}: {data.Rows.RowCount:N0} rows × {data.Rows.ColumnCount} columns, {data.Frauds:N0} frauds ({data.FraudRate:P3}); {data.Identity}")),
            ("SHA-256", data.Sha256 + (data.IsSynthetic ? " (of the cells as float32, then the labels)" : " (of the unpacked text)")),
            ("Run time", $"{Durations.Text(report.TotalSeconds)} in all, of which {(data.IsSynthetic ? "making up the rows" : "reading")} {Durations.Text(data.ReadSeconds)}"),
            ("Peak memory", report.PeakBytes is { } bytes ? FormattableString.Invariant($"{bytes / 1048576.0:N0} MiB (whole process, pictures included)") : "not known on this system"),
            ("Machine", $"{machine.Cpu}, {machine.Cores} logical processors, {machine.Simd}; {machine.Os}"),
            ("Versions", $"AnomalyKit {typeof(FeatureMatrix).Assembly.GetName().Version?.ToString(3) ?? "?"}, {machine.Runtime}"),
        ];
        html.Add($"<details class=\"print\"><summary>Data and machine</summary><dl class=\"facts\">{string.Concat(facts.Select(fact => $"<dt>{fact.Name}</dt><dd>{Safe(fact.Text)}</dd>"))}</dl></details>");
    }
}
