using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>ROC and precision-recall curves side by side, a row of panels for each protocol.</summary>
/// <remarks>The legends stand beside the plots. Of up to three detectors both settings are drawn, the reference's thin; of more, only the recommended ones, to stay legible.</remarks>
internal static class CurvesPicture
{
    private const int PanelWidth = 1000;
    private const int PanelHeight = 640;
    private const int MostWithBothSettings = 3;

    public static byte[] Draw(IReadOnlyList<RunCurves> runs)
    {
        string[] detectors = [.. runs.Select(run => run.Result.Detector).Distinct()];
        bool both = detectors.Length <= MostWithBothSettings;
        var protocols = runs.Where(run => both || IsRecommended(run)).GroupBy(run => run.Result.Protocol).ToList();
        using var surface = SKSurface.Create(new SKImageInfo(2 * PanelWidth, Math.Max(1, protocols.Count) * PanelHeight));
        surface.Canvas.Clear(SKColors.White);
        for (int row = 0; row < protocols.Count; row++)
        {
            Render(Roc(protocols[row], detectors), surface.Canvas, row, 0);
            Render(PrecisionRecall(protocols[row], detectors), surface.Canvas, row, 1);
        }

        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Render(Plot plot, SKCanvas canvas, int row, int column)
    {
        // A plot clears the whole canvas that it is drawn on, so each gets one of its own.
        using var panel = plot.GetImage(PanelWidth, PanelHeight);
        using var paint = Paint.NewDisposablePaint();
        float left = column * PanelWidth;
        float top = row * PanelHeight;
        panel.Render(canvas, new PixelRect(left, left + PanelWidth, top + PanelHeight, top), paint, false);
    }

    private static Plot Roc(IGrouping<string, RunCurves> protocol, string[] detectors)
    {
        var plot = Panel($"ROC, protocol {protocol.Key}", "false-positive rate (logarithmic)", "true-positive rate (recall)");
        double least = Math.Floor(protocol.Min(run => run.Roc.Min(point => point.X)));
        double[] powers = [.. Enumerable.Range((int)least, 1 - (int)least).Select(power => (double)power)];
        plot.Axes.SetLimitsX(least * 1.02, -least * 0.02);
        plot.Axes.Bottom.TickGenerator = new NumericManual(powers, [.. powers.Select(power => Math.Pow(10, power).ToString("0.######", CultureInfo.InvariantCulture))]);
        var chance = plot.Add.ScatterLine(Enumerable.Range(0, 101).Select(i => least * (1 - (i / 100.0))).Select(power => new Coordinates(power, Math.Pow(10, power))).ToArray());
        chance.LineColor = PictureStyle.Faint;
        chance.LinePattern = LinePattern.Dotted;
        chance.LegendText = "guessing";
        foreach (var run in protocol)
            AddCurve(plot, run, run.Roc, detectors, "AUC", run.Result.RocAuc);
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    private static Plot PrecisionRecall(IGrouping<string, RunCurves> protocol, string[] detectors)
    {
        var plot = Panel($"Precision and recall, protocol {protocol.Key}", "recall", "precision");
        plot.Axes.SetLimitsX(-0.02, 1.02);
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(0.1);
        foreach (var run in protocol)
        {
            AddCurve(plot, run, run.PrecisionRecall, detectors, "AP", run.Result.AveragePrecision);
            var atThreshold = plot.Add.Marker(run.Result.Confusion.Recall, run.Result.Confusion.Precision, MarkerShape.FilledCircle, 10);
            atThreshold.Color = PictureStyle.SeriesColor(IndexOf(run, detectors));
        }

        plot.Legend.ManualItems.Add(new LegendItem
        {
            LabelText = "at the detector's threshold",
            MarkerShape = MarkerShape.FilledCircle,
            MarkerSize = 10,
            MarkerColor = PictureStyle.Faint,
        });
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    private static Plot Panel(string title, string x, string y)
    {
        var plot = PictureStyle.NewPlot(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Axes.SetLimitsY(-0.02, 1.03);
        plot.Axes.Left.TickGenerator = new NumericFixedInterval(0.1);
        return plot;
    }

    private static void AddCurve(Plot plot, RunCurves run, Coordinates[] points, string[] detectors, string measure, double value)
    {
        int index = IndexOf(run, detectors);
        var curve = plot.Add.ScatterLine(points, PictureStyle.SeriesColor(index));
        curve.LineWidth = IsRecommended(run) ? 2.5f : 1.2f;
        curve.LinePattern = PictureStyle.SeriesPattern(index);
        curve.LegendText = string.Create(CultureInfo.InvariantCulture, $"{run.Result.Detector}, {run.Result.Settings}: {measure} {value:F4}");
    }

    private static int IndexOf(RunCurves run, string[] detectors) => Array.IndexOf(detectors, run.Result.Detector);

    private static bool IsRecommended(RunCurves run) => run.Result.Settings == "recommended";
}
