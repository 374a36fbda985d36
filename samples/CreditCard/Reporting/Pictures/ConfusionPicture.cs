using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>A confusion matrix: rows are what the row is, columns what the detector said.</summary>
internal static class ConfusionPicture
{
    public static byte[] Draw(RunResult run)
    {
        var plot = PictureStyle.NewPlot($"{run.Detector}, {run.Settings} settings (protocol {run.Protocol})");
        var counts = run.Confusion;
        long normals = counts.TrueNegatives + counts.FalsePositives;
        long frauds = counts.FalseNegatives + counts.TruePositives;
        Cell(plot, 0, 1, "normal, passed", counts.TrueNegatives, normals, PictureStyle.Normal);
        Cell(plot, 1, 1, "false alarm", counts.FalsePositives, normals, PictureStyle.Fraud);
        Cell(plot, 0, 0, "missed fraud", counts.FalseNegatives, frauds, PictureStyle.Fraud);
        Cell(plot, 1, 0, "fraud, found", counts.TruePositives, frauds, PictureStyle.Normal);
        plot.Axes.SetLimits(0, 2, 0, 2);
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = new NumericManual([0.5, 1.5], ["said: normal", "said: fraud"]);
        plot.Axes.Left.TickGenerator = new NumericManual([1.5, 0.5], ["is normal", "is fraud"]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"precision {counts.Precision:F4}   recall {counts.Recall:F4}   F1 {counts.F1:F4}"));
        return PictureStyle.Png(plot, 620, 480);
    }

    private static void Cell(Plot plot, double x, double y, string name, long count, long whole, Color color)
    {
        double share = whole == 0 ? 0 : (double)count / whole;
        var cell = plot.Add.Rectangle(x, x + 1, y, y + 1);
        cell.FillColor = color.WithAlpha(0.06 + (0.34 * share));
        cell.LineColor = Colors.White;
        cell.LineWidth = 3;
        Label(plot, x + 0.5, y + 0.62, count.ToString("N0", CultureInfo.InvariantCulture), 28);
        Label(plot, x + 0.5, y + 0.42, name, 15);
        Label(plot, x + 0.5, y + 0.28, share.ToString("P2", CultureInfo.InvariantCulture) + " of its row", 13);
    }

    private static void Label(Plot plot, double x, double y, string text, float size)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontSize = size;
        label.LabelFontColor = PictureStyle.Ink;
        label.LabelAlignment = Alignment.MiddleCenter;
    }
}
