using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>The contributions of the columns to one row's score, the largest at the top.</summary>
internal static class ContributionChart
{
    private const int Columns = 6;
    private const int Width = 420;
    private const int RowHeight = 21;
    private const int LongestName = 14;

    public static string Draw(ExplainedAlert alert)
    {
        var attribution = alert.Explanation.Attribution;
        double[] contributions = attribution.Contributions.ToArray();
        int[] shown = [.. Enumerable.Range(0, contributions.Length).OrderByDescending(i => Math.Abs(contributions[i])).Take(Columns)];
        var bars = shown.Select(i => (Name: attribution.Groups.Names[i], Value: contributions[i])).ToList();
        if (contributions.Length > shown.Length)
            bars.Add(("all others", contributions.Sum() - shown.Sum(i => contributions[i])));
        double least = Math.Min(0, bars.Min(bar => bar.Value));
        double most = Math.Max(0, bars.Max(bar => bar.Value));
        var x = new Scale(least, most > least ? most : least + 1, least < 0 ? 178 : 118, Width - 68);
        int height = (bars.Count * RowHeight) + 6;
        var drawing = new SvgDrawing(Width, height, $"Contributions to the score of row {alert.Row}: " + string.Join(", ", bars.Select(bar => $"{bar.Name} {Text(bar.Value)}")));
        for (int i = 0; i < bars.Count; i++)
        {
            var (name, value) = bars[i];
            double top = 3 + (i * RowHeight);
            drawing.Text(108, top + 14, name.Length <= LongestName ? name : name[..LongestName] + "…", "end");
            drawing.Box(Math.Min(x[0], x[value]), top + 2, Math.Abs(x[value] - x[0]), RowHeight - 6, value > 0 ? "for" : "against");
            drawing.Text(value < 0 ? x[value] - 5 : x[value] + 5, top + 14, Text(value), value < 0 ? "end" : string.Empty);
        }

        return drawing.Line(x[0], 0, x[0], height, "axis").End();
    }

    private static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "+#,0;−#,0;0", >= 1 => "+0.##;−0.##;0", _ => "+0.###;−0.###;0" }, CultureInfo.InvariantCulture);
}
