using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>ROC and precision-recall curves side by side, a row of panels for each protocol.</summary>
/// <remarks>Of up to three detectors both settings are drawn, the reference's dashed; of more, only the recommended ones, to stay legible.</remarks>
internal static class CurvesPicture
{
    private const int PanelWidth = 800;
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
        var plot = Panel($"ROC, protocol {protocol.Key}", "false-positive rate", "true-positive rate (recall)");
        var chance = plot.Add.Line(0, 0, 1, 1);
        chance.LineColor = PictureStyle.Faint;
        chance.LinePattern = LinePattern.Dotted;
        foreach (var run in protocol)
            AddCurve(plot, run, run.Roc, detectors, "AUC", run.Result.RocAuc);
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    private static Plot PrecisionRecall(IGrouping<string, RunCurves> protocol, string[] detectors)
    {
        var plot = Panel($"Precision and recall, protocol {protocol.Key}", "recall", "precision");
        foreach (var run in protocol)
        {
            AddCurve(plot, run, run.PrecisionRecall, detectors, "AP", run.Result.AveragePrecision);
            var atThreshold = plot.Add.Marker(run.Result.Confusion.Recall, run.Result.Confusion.Precision, MarkerShape.FilledCircle, 10);
            atThreshold.Color = ColorOf(run, detectors);
        }

        // Good curves pass through the upper right corner, poor ones stay near the ground.
        plot.ShowLegend(protocol.Max(run => run.Result.AveragePrecision) > 0.4 ? Alignment.LowerLeft : Alignment.UpperRight);
        plot.Legend.ManualItems.Add(new LegendItem
        {
            LabelText = "at the detector's threshold",
            MarkerShape = MarkerShape.FilledCircle,
            MarkerSize = 10,
            MarkerColor = PictureStyle.Faint,
        });
        return plot;
    }

    private static Plot Panel(string title, string x, string y)
    {
        var plot = PictureStyle.NewPlot(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.03);
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(0.1);
        plot.Axes.Left.TickGenerator = new NumericFixedInterval(0.1);
        return plot;
    }

    private static void AddCurve(Plot plot, RunCurves run, Coordinates[] points, string[] detectors, string measure, double value)
    {
        var curve = plot.Add.ScatterLine(points, ColorOf(run, detectors));
        curve.LineWidth = 2;
        curve.LinePattern = IsRecommended(run) ? LinePattern.Solid : LinePattern.Dashed;
        curve.LegendText = string.Create(
            CultureInfo.InvariantCulture, $"{run.Result.Detector}, {run.Result.Settings}: {measure} {value:F4}");
    }

    private static Color ColorOf(RunCurves run, string[] detectors) => PictureStyle.SeriesColor(Array.IndexOf(detectors, run.Result.Detector));

    private static bool IsRecommended(RunCurves run) => run.Result.Settings == "recommended";
}
