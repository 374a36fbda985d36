using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace AnomalyKit.Reports;

/// <summary>A drawing in colors that can be read on white and on black. It holds numbers alone: names stand in the page around it.</summary>
internal sealed class Chart
{
    private const double Width = 460;
    private const double Height = 320;

    private static readonly OxyColor Ink = OxyColor.FromRgb(0x80, 0x80, 0x80);

    private readonly PlotModel _model = new()
    {
        Background = OxyColors.Transparent,
        PlotAreaBorderColor = OxyColor.FromAColor(90, Ink),
        PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        TextColor = Ink,
        DefaultFont = "sans-serif",
        DefaultFontSize = 12,
        Padding = new OxyThickness(0),
        // Stated, because no font is at hand to measure labels with.
        PlotMargins = new OxyThickness(64, 8, 34, 46),
    };

    /// <summary>An axis from 0 to 1, or a little further where lines run along its end.</summary>
    public Chart Axis(AxisPosition position, string title, double minimum, double maximum, double step, Func<double, string> text)
    {
        _model.Axes.Add(new LinearAxis
        {
            Position = position,
            Title = title,
            AxisTitleDistance = position == AxisPosition.Left ? 16 : 6,
            Minimum = minimum,
            Maximum = maximum,
            MajorStep = step,
            MinorTickSize = 0,
            TicklineColor = Ink,
            AxislineStyle = LineStyle.None,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColor.FromAColor(40, Ink),
            LabelFormatter = text,
        });
        return this;
    }

    public Chart Line(ReadOnlySpan<double> x, ReadOnlySpan<double> y, string color, bool isDashed = false, double width = 2)
    {
        var line = new LineSeries { Color = OxyColor.Parse(color), StrokeThickness = width, LineStyle = isDashed ? LineStyle.Dash : LineStyle.Solid };
        for (int i = 0; i < x.Length; i++)
            line.Points.Add(new DataPoint(x[i], y[i]));
        _model.Series.Add(line);
        return this;
    }

    public Chart Mark(double x, double y, string color)
    {
        var mark = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 5, MarkerFill = OxyColor.Parse(color) };
        mark.Points.Add(new ScatterPoint(x, y));
        _model.Series.Add(mark);
        return this;
    }

    public Chart Bars(double[] heights, string color)
    {
        var bars = new RectangleBarSeries { FillColor = OxyColor.FromAColor(110, OxyColor.Parse(color)), StrokeColor = OxyColor.Parse(color), StrokeThickness = 1 };
        for (int i = 0; i < heights.Length; i++)
        {
            if (heights[i] > 0)
                bars.Items.Add(new RectangleBarItem(i, 0, i + 1, heights[i]));
        }

        _model.Series.Add(bars);
        return this;
    }

    /// <param name="number">The number of the drawing on its page: names within it must differ from those of others.</param>
    /// <param name="label">What it shows, for those who do not see it; a text of our own.</param>
    /// <returns>An SVG element that fits the room it is given.</returns>
    public string Svg(int number, string label)
    {
        string svg = new SvgExporter { Width = Width, Height = Height, IsDocument = false, TextMeasurer = new PdfRenderContext(Width, Height, OxyColors.Transparent) }.ExportToString(_model);
        int start = svg.IndexOf("<svg", StringComparison.Ordinal);
        int end = svg.IndexOf('>', start);
        // Within a page the element needs no address of its kind.
        return FormattableString.Invariant($"<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {Width} {Height}\"") + svg[end..]
            .Replace("\"clipPath", FormattableString.Invariant($"\"clip{number}-"), StringComparison.Ordinal)
            .Replace("#clipPath", FormattableString.Invariant($"#clip{number}-"), StringComparison.Ordinal);
    }

    public static string Plain(double value) => Math.Abs(value) is 0 or (>= 1e-3 and < 1e4)
        ? value.ToString("G4", CultureInfo.InvariantCulture)
        : value.ToString("0.##E0", CultureInfo.InvariantCulture);

    public static string Percent(double fraction) => (100 * fraction).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
