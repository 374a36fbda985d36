using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>The axes around a plot.</summary>
internal static class Frame
{
    /// <summary>Grid lines and labels at values of the horizontal axis, and its title.</summary>
    public static void Bottom(SvgDrawing drawing, Scale x, Scale y, IEnumerable<double> at, Func<double, string> text, string title)
    {
        foreach (double value in at)
        {
            drawing.Line(x[value], y.From, x[value], y.To, "grid");
            drawing.Text(x[value], y.From + 17, text(value), "mid");
        }

        drawing.Text((x.From + x.To) / 2, y.From + 36, title, "mid title");
    }

    /// <summary>Grid lines and labels at values of the vertical axis; its title stands above it, where it can be read without turning the head.</summary>
    public static void Left(SvgDrawing drawing, Scale x, Scale y, IEnumerable<double> at, Func<double, string> text, string title)
    {
        foreach (double value in at)
        {
            drawing.Line(x.From, y[value], x.To, y[value], "grid");
            drawing.Text(x.From - 7, y[value] + 4, text(value), "end");
        }

        drawing.Text(4, y.To - 12, title, "title");
    }

    public static string Percent(double share) => (100 * share).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static string Plain(double value) => value.ToString(value >= 1 ? "#,0" : "0.######", CultureInfo.InvariantCulture);
}
