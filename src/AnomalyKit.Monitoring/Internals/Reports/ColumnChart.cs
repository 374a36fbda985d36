using System.Globalization;
using AnomalyKit.Charts;
using AnomalyKit.Monitoring.Windows;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace AnomalyKit.Monitoring.Reports;

/// <summary>Both distributions of a column as a drawing, in colors that can be read on white and on black.</summary>
internal static class ColumnChart
{
    private const double Width = 420;
    private const double Height = 180;
    private const int MaxBars = 12;
    private const int CrowdedBars = 4;

    private static readonly OxyColor Reference = OxyColor.FromRgb(0x2f, 0x81, 0xd8);
    private static readonly OxyColor Current = OxyColor.FromRgb(0xe0, 0x7b, 0x1a);
    private static readonly OxyColor Ink = OxyColor.FromRgb(0x80, 0x80, 0x80);

    /// <param name="histogram">What is drawn.</param>
    /// <param name="kind">What the values are.</param>
    /// <param name="number">The number of the drawing on its page: names within it must differ from those of others.</param>
    /// <param name="label">What it shows, for those who do not see it, as HTML.</param>
    /// <returns>An SVG element that fits the room it is given.</returns>
    public static string Svg(DriftHistogram histogram, ColumnKind kind, int number, string label)
    {
        var model = new PlotModel
        {
            Background = OxyColors.Transparent,
            PlotAreaBorderColor = OxyColor.FromAColor(90, Ink),
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            TextColor = Ink,
            DefaultFont = "sans-serif",
            DefaultFontSize = 11,
            Padding = new OxyThickness(0),
            // Stated, because no font is at hand to measure labels with.
            PlotMargins = new OxyThickness(48, 8, 32, histogram.Labels.Count > CrowdedBars ? 64 : histogram.IsLogarithmic ? 44 : 24),
        };
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Minimum = 0,
            LabelFormatter = value => (100 * value).ToString("0.##", CultureInfo.InvariantCulture) + " %",
            TicklineColor = Ink,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColor.FromAColor(50, Ink),
            MinorTickSize = 0,
        });
        if (histogram.Labels.Count > 0)
            AddLevels(model, histogram);
        else
            AddNumbers(model, histogram, kind);
        string svg = new SvgExporter { Width = Width, Height = Height, IsDocument = false, TextMeasurer = new PdfRenderContext(Width, Height, OxyColors.Transparent) }.ExportToString(model);
        return svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]
            .Replace("<svg ", FormattableString.Invariant($"<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {Width} {Height}\" "), StringComparison.Ordinal)
            .Replace("\"clipPath", FormattableString.Invariant($"\"clip{number}-"), StringComparison.Ordinal)
            .Replace("#clipPath", FormattableString.Invariant($"#clip{number}-"), StringComparison.Ordinal);
    }

    private static void AddNumbers(PlotModel model, DriftHistogram histogram, ColumnKind kind)
    {
        // Bins are drawn side by side in the order of their edges: positions, not values, so that no range is too wide to be drawn.
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = histogram.IsLogarithmic ? ScoreScale.Title(isLogarithmic: true) : null,
            AxisTitleDistance = 6,
            Minimum = 0,
            Maximum = histogram.Reference.Count,
            MajorStep = histogram.Reference.Count / 4.0,
            MinorTickSize = 0,
            TicklineColor = Ink,
            LabelFormatter = position => Text(histogram.Edges[(int)Math.Clamp(Math.Round(position), 0, histogram.Edges.Count - 1)], kind),
        });
        model.Series.Add(Bars(histogram.Reference, Reference, 0, 1));
        model.Series.Add(Bars(histogram.Current, Current, 0, 1));
    }

    private static void AddLevels(PlotModel model, DriftHistogram histogram)
    {
        int shown = Math.Min(MaxBars, histogram.Labels.Count);
        var axis = new CategoryAxis { Position = AxisPosition.Bottom, TicklineColor = Ink, MinorTickSize = 0, Angle = shown > CrowdedBars ? -30 : 0 };
        foreach (string label in histogram.Labels.Take(shown))
            axis.Labels.Add(label.Length > 14 ? label[..13] + "…" : label);
        model.Axes.Add(axis);
        model.Series.Add(Bars([.. histogram.Reference.Take(shown)], Reference, -0.4, 0));
        model.Series.Add(Bars([.. histogram.Current.Take(shown)], Current, 0, 0.4));
    }

    private static RectangleBarSeries Bars(IReadOnlyList<double> heights, OxyColor color, double from, double to)
    {
        var bars = new RectangleBarSeries { FillColor = OxyColor.FromAColor(110, color), StrokeColor = color, StrokeThickness = 1 };
        for (int i = 0; i < heights.Count; i++)
        {
            if (heights[i] > 0)
                bars.Items.Add(new RectangleBarItem(i + from, 0, i + to, heights[i]));
        }

        return bars;
    }

    private static string Text(double value, ColumnKind kind) => kind == ColumnKind.DateTime
        ? ValueText.Date(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : ValueText.Short(value, kind);
}
