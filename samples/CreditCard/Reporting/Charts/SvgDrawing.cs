using System.Globalization;
using System.Text;
using AnomalyKit.Samples.CreditCard.Reporting.Page;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>A drawing that lies within the page. Its colours are classes of report.css, so that it follows light and dark.</summary>
internal sealed class SvgDrawing
{
    private readonly StringBuilder _text = new();

    /// <param name="width">The width of its coordinates; on the page it is as wide as there is room.</param>
    /// <param name="height">The height of its coordinates.</param>
    /// <param name="label">What it shows, for those who do not see it.</param>
    public SvgDrawing(int width, int height, string label) => Add($"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Markup.Safe(label)}\">");

    public SvgDrawing Add(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public SvgDrawing Line(double x1, double y1, double x2, double y2, string style) => Add($"<path class=\"{style}\" d=\"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}\"/>");

    public SvgDrawing Box(double x, double y, double width, double height, string style) => Add($"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(width, 0):0.#}\" height=\"{Math.Max(height, 0):0.#}\"/>");

    public SvgDrawing Dot(double x, double y, double radius, string style) => Add($"<circle class=\"{style}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\"/>");

    /// <param name="x">Where the text is anchored.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text, which is escaped here.</param>
    /// <param name="style">Classes: <c>mid</c> centres it, <c>end</c> ends it there.</param>
    public SvgDrawing Text(double x, double y, string text, string style = "") => Add($"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{Markup.Safe(text)}</text>");

    /// <summary>A detector's number in a circle, as <see cref="Markup.Badge"/> draws it in text.</summary>
    public SvgDrawing Badge(double x, double y, int number, bool isHollow = false) => Add(
        $"<g class=\"c{Markup.SeriesOf(number)} mark{(isHollow ? " hollow" : string.Empty)}\"><circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"9\"/><text x=\"{x:0.#}\" y=\"{y + 4:0.#}\">{number}</text></g>");

    /// <summary>A line through points; those within half a unit of the last one kept are left out.</summary>
    public SvgDrawing Curve(IReadOnlyList<(double X, double Y)> points, string style)
    {
        if (points.Count == 0)
            return this;
        var path = new StringBuilder();
        var (lastX, lastY) = points[0];
        path.Append(CultureInfo.InvariantCulture, $"M{lastX:0.#} {lastY:0.#}");
        for (int i = 1; i < points.Count; i++)
        {
            var (x, y) = points[i];
            if (i < points.Count - 1 && Math.Abs(x - lastX) < 0.5 && Math.Abs(y - lastY) < 0.5)
                continue;
            path.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#}");
            (lastX, lastY) = (x, y);
        }

        return Add($"<path class=\"{style}\" d=\"{path}\"/>");
    }

    public string End() => _text.Append("</svg>").ToString();
}
