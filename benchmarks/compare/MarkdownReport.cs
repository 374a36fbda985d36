using System.Globalization;
using System.Text;

namespace AnomalyKit.Compare;

/// <summary>The report as Markdown: a sentence, the changes, and the rest folded away.</summary>
internal static class MarkdownReport
{
    /// <summary>A comment on GitHub holds 65,536 characters.</summary>
    private const int MostCharacters = 60_000;

    public static string Write(ComparisonReport report, CompareOptions options)
    {
        var text = new StringBuilder();
        text.Append("### Benchmarks: ").Append(Sentence(report)).Append("\n\n");
        Comparison[] changed = [.. report.Comparisons.Where(comparison => comparison.Verdict != Verdict.Same)];
        Comparison[] same = [.. report.Comparisons.Where(comparison => comparison.Verdict == Verdict.Same)];
        if (changed.Length > 0)
            AppendTable(text, changed);
        if (same.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<details><summary>{same.Length} without a change beyond noise</summary>\n\n");
            AppendTable(text, same);
            text.Append("</details>\n\n");
        }

        AppendLegend(text, report, options);
        return text.ToString();
    }

    private static string Sentence(ComparisonReport report)
    {
        (Verdict Verdict, string Words)[] all =
        [
            (Verdict.Broken, "broken"), (Verdict.Regressed, "regressed"), (Verdict.Unclear, "unclear"), (Verdict.Gone, "gone"), (Verdict.New, "new"),
            (Verdict.Improved, "improved"), (Verdict.Same, "the same"),
        ];
        return string.Join(", ", all
            .Select(kind => (Count: report.Comparisons.Count(comparison => comparison.Verdict == kind.Verdict), kind.Words))
            .Where(kind => kind.Count > 0)
            .Select(kind => $"{kind.Count} {kind.Words}"));
    }

    private static void AppendTable(StringBuilder text, Comparison[] comparisons)
    {
        text.Append("| benchmark | base | head | ratio | interval | noise | allocated, base | head | |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
        for (int i = 0; i < comparisons.Length; i++)
        {
            if (text.Length > MostCharacters)
            {
                text.Append(CultureInfo.InvariantCulture, $"| … and {comparisons.Length - i} more | | | | | | | | |\n");
                break;
            }

            AppendRow(text, comparisons[i]);
        }

        text.Append('\n');
    }

    private static void AppendRow(StringBuilder text, Comparison comparison)
    {
        string[] cells =
        [
            Escape(comparison.Key.ToString()),
            Duration(comparison.BaseMedian),
            Duration(comparison.HeadMedian),
            comparison.Time is { } time ? Emphasise(Number(time.Ratio), comparison.Slower) : "",
            comparison.Time is { } interval ? $"{Number(interval.Low)} – {Number(interval.High)}" : "",
            comparison.Time is { } noise ? "± " + Noise(noise.NoiseShare) + (noise.BetweenRuns ? "" : " *") : "",
            comparison.Allocation is { } before ? Bytes(before.Base) : "",
            comparison.Allocation is { } after ? Emphasise(Bytes(after.Head), comparison.AllocatesMore) : "",
            Describe(comparison),
        ];
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static void AppendLegend(StringBuilder text, ComparisonReport report, CompareOptions options)
    {
        if (report.Environment.Length > 0)
            text.Append(report.Environment).Append(". ");
        text.Append(CultureInfo.InvariantCulture, $"""
            Medians of one operation. A regression is a ratio above 1 + the noise and above {Number(1 + options.Bound)}, or an allocation that grew by
            more than {Percent(options.AllocationBound)} and the runs' own differences. Intervals hold at {Percent(1 - report.ErrorRate)} each, so that the chance of any false alarm among all
            benchmarks is {Percent(options.ErrorRate)}; "unclear" is noise above {Percent(options.UnclearBeyond)}.

            """);
        if (report.Comparisons.Any(comparison => comparison.Time is { BetweenRuns: false }))
            text.Append("\n\\* From the iterations of a single run: differences between processes are not in it. Give folders with several runs a side.\n");
    }

    private static string Describe(Comparison comparison) => comparison.Verdict switch
    {
        Verdict.Regressed => Join(comparison.Slower ? "slower" : "", comparison.AllocatesMore ? "allocates more" : ""),
        Verdict.Improved => Join(comparison.Faster ? "faster" : "", comparison.Allocation is { IsLess: true } ? "allocates less" : ""),
        Verdict.Same => "",
        var verdict => verdict.ToString().ToLowerInvariant(),
    };

    private static string Join(params string[] parts) => string.Join(", ", parts.Where(part => part.Length > 0));

    private static string Emphasise(string text, bool strong) => strong ? $"**{text}**" : text;

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "∞";

    private static string Percent(double share) => double.IsFinite(share) ? (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %" : "∞";

    private static string Noise(double share) => double.IsFinite(share) ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "∞";

    private static string Duration(double? nanoseconds) => nanoseconds switch
    {
        null => "",
        < 1e3 => Scaled(nanoseconds.Value, "ns"),
        < 1e6 => Scaled(nanoseconds.Value / 1e3, "µs"),
        < 1e9 => Scaled(nanoseconds.Value / 1e6, "ms"),
        _ => Scaled(nanoseconds.Value / 1e9, "s"),
    };

    private static string Bytes(double bytes) => bytes switch
    {
        < 1024 => bytes.ToString("0", CultureInfo.InvariantCulture) + " B",
        < 1024 * 1024 => Scaled(bytes / 1024, "KiB"),
        _ => Scaled(bytes / (1024 * 1024), "MiB"),
    };

    private static string Scaled(double value, string unit) => value.ToString(value < 10 ? "0.000" : value < 100 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " " + unit;
}
