using System.Globalization;
using static AnomalyKit.Reports.HtmlPage;

namespace AnomalyKit.Reports;

/// <summary>What made the report.</summary>
internal static class OriginSection
{
    private const int MaxFiles = 20;

    public static void AddTo(HtmlPage page, ReportOrigin origin)
    {
        (string Name, string? Value)[] facts =
        [
            ("Model", origin.Model),
            ("Kind", origin.ModelKind),
            ("Threshold", origin.ThresholdOrigin),
            ("AnomalyKit", origin.Version),
            ("Seed", origin.Seed?.ToString(CultureInfo.InvariantCulture)),
            ("Data", Files(origin.DataFiles)),
            ("Label column", origin.LabelColumn),
            ("Rows without a label, not measured", origin.UnlabeledRowCount is > 0 and var count ? count.ToString("N0", CultureInfo.InvariantCulture) : null),
            ("Options", origin.Options.Count == 0 ? null : string.Join(", ", origin.Options.Select(option => $"{option.Key}={option.Value}"))),
            ("Made", origin.CreatedAt?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)),
        ];
        if (Array.TrueForAll(facts, fact => fact.Value is null))
            return;
        page.Heading("What made this report").Add($"<div class=\"facts\"><table><tbody>");
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                page.Add($"<tr><td>{name}</td><td>{Name(value)}</td></tr>");
        }

        page.Add($"</tbody></table></div>");
    }

    private static string? Files(IReadOnlyList<string> files) => files.Count == 0
        ? null
        : string.Join(", ", files.Take(MaxFiles)) + (files.Count > MaxFiles ? $" and {files.Count - MaxFiles} more" : string.Empty);
}
