using OxyPlot.Axes;

namespace AnomalyKit.Reports;

/// <summary>A metric of several runs over steps.</summary>
internal static class StepChart
{
    private const int MaxPoints = 1000;

    public static string Svg(IReadOnlyList<IReadOnlyList<(long Step, double Value)>> curves, int number)
    {
        var points = curves.SelectMany(curve => curve.Where(IsDrawn)).ToList();
        var (first, last) = points.Count == 0 ? (0, 1) : Range(points.Min(point => (double)point.Step), points.Max(point => (double)point.Step));
        var (low, high) = points.Count == 0 ? (0, 1) : Range(points.Min(point => point.Value), points.Max(point => point.Value));
        double margin = 0.03 * (high - low);
        var chart = new Chart().Axis(AxisPosition.Bottom, "step", first, last, double.NaN, Chart.Plain).Axis(AxisPosition.Left, string.Empty, low - margin, high + margin, double.NaN, Chart.Plain);
        for (int i = 0; i < curves.Count; i++)
        {
            var drawn = Thinned([.. curves[i].Where(IsDrawn)]);
            chart.Line([.. drawn.Select(point => (double)point.Step)], [.. drawn.Select(point => point.Value)], CurveCharts.ColorOf(i), CurveCharts.IsDashed(i));
        }

        return chart.Svg(number, "A metric over steps");
    }

    /// <summary>What a reader must know of what is not drawn.</summary>
    public static string Remark(IReadOnlyList<IReadOnlyList<(long Step, double Value)>> curves)
    {
        int left = curves.Sum(curve => curve.Count(point => !IsDrawn(point)));
        string values = left == 0 ? string.Empty : $"; {HtmlNumber(left)} {(left == 1 ? "value that is" : "values that are")} not finite or too large left out";
        return curves.Any(curve => curve.Count > MaxPoints) ? $"{values}; of long curves {HtmlNumber(MaxPoints)} points are drawn" : values;
    }

    // Differences of larger ones are not finite.
    private static bool IsDrawn((long Step, double Value) point) => Math.Abs(point.Value) < 1e300;

    private static (double Low, double High) Range(double low, double high) => high > low ? (low, high) : (low - Math.Max(Math.Abs(low), 1) / 2, high + (Math.Max(Math.Abs(high), 1) / 2));

    private static List<(long Step, double Value)> Thinned(List<(long Step, double Value)> points) => points.Count <= MaxPoints
        ? points
        : [.. Enumerable.Range(0, MaxPoints).Select(i => points[(int)((long)i * (points.Count - 1) / (MaxPoints - 1))])];

    private static string HtmlNumber(int number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
