using System.Globalization;
using AnomalyKit.Samples.CreditCard.Reporting.Pictures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>The curves on two logarithmic axes, where a power law is a straight line and its exponent the slope.</summary>
internal static class ScalingPicture
{
    public static byte[] Draw(IReadOnlyList<ScalingCurve> curves)
    {
        var plot = PictureStyle.NewPlot("Cost by number of rows, one thread");
        for (int i = 0; i < curves.Count; i++)
            Add(plot, curves[i], i);
        var points = curves.SelectMany(curve => curve.Points).ToList();
        double left = Math.Floor(Math.Log10(points.Min(point => point.Rows)));
        double right = Math.Ceiling(Math.Log10(points.Max(point => point.Rows)));
        double bottom = Math.Floor(Math.Log10(points.Min(point => point.Seconds)));
        double top = Math.Ceiling(Math.Log10(points.Max(point => point.Seconds)));
        plot.Axes.SetLimits(left - 0.1, right + 0.1, bottom, top);
        plot.Axes.Bottom.TickGenerator = PowersOfTen(left, right, power => Math.Pow(10, power).ToString("N0", CultureInfo.InvariantCulture));
        plot.Axes.Left.TickGenerator = PowersOfTen(bottom, top, Seconds);
        plot.XLabel("rows");
        plot.YLabel("time");
        plot.ShowLegend(Edge.Right);
        return PictureStyle.Png(plot, 1200, 600);
    }

    private static void Add(Plot plot, ScalingCurve curve, int index)
    {
        double[] x = [.. curve.Points.Select(point => Math.Log10(point.Rows))];
        double[] y = [.. curve.Points.Select(point => Math.Log10(point.Seconds))];
        var line = plot.Add.Scatter(x, y, PictureStyle.SeriesColor(index));
        line.LineWidth = 2;
        line.MarkerSize = 7;
        // Fitting and scoring are told apart by more than their colours, which come again.
        if (curve.Case.Name.EndsWith("score", StringComparison.Ordinal))
            line.LinePattern = LinePattern.Dashed;
        if (index % 2 == 1)
            line.MarkerShape = MarkerShape.FilledSquare;
        line.LegendText = string.Create(CultureInfo.InvariantCulture, $"{curve.Case.Name}, {curve.Case.Columns} columns: rows^{curve.LastDecade.Exponent:F2}");
    }

    private static NumericManual PowersOfTen(double from, double to, Func<double, string> label)
    {
        var ticks = new NumericManual();
        for (double power = from; power <= to; power++)
            ticks.AddMajor(power, label(power));
        return ticks;
    }

    private static string Seconds(double power) => power switch
    {
        < -3 => $"{Math.Pow(10, power + 6):0} µs",
        < 0 => $"{Math.Pow(10, power + 3):0} ms",
        _ => $"{Math.Pow(10, power):0} s",
    };
}
