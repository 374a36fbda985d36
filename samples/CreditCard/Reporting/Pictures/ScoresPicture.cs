using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>How the scores of normal rows and of frauds are distributed, on a logarithmic count axis, and where the threshold lies between them.</summary>
internal static class ScoresPicture
{
    private const int Bins = 60;

    /// <summary>Where the count axis begins, so that a single row still is a visible bar.</summary>
    private const double Ground = -0.3;

    public static byte[] Draw(ScoredRun run)
    {
        var plot = PictureStyle.NewPlot($"{run.Result.Detector}, {run.Result.Settings} settings (protocol {run.Result.Protocol})");
        var axis = ScoreAxis.For(run.Scores);
        double top = Add(plot, axis, axis.Count(run.Scores, run.Labels.Span, fraud: false, Bins), "normal rows", PictureStyle.Normal);
        top = Math.Max(top, Add(plot, axis, axis.Count(run.Scores, run.Labels.Span, fraud: true, Bins), "frauds", PictureStyle.Fraud));
        AddThreshold(plot, axis, run.Result.Threshold);
        double margin = (axis.Greatest - axis.Least) * 0.02;
        plot.Axes.SetLimits(axis.Least - margin, axis.Greatest + margin, Ground, top + 0.9);
        if (axis.IsBent)
            plot.Axes.Bottom.TickGenerator = RoundScores(axis);
        plot.Axes.Left.TickGenerator = PowersOfTen(top);
        plot.XLabel(axis.IsBent ? "score (higher is more anomalous; the far ends are drawn in)" : "score (higher is more anomalous)");
        plot.YLabel("rows");
        plot.ShowLegend(Alignment.UpperRight);
        return PictureStyle.Png(plot, 760, 480);
    }

    private static double Add(Plot plot, ScoreAxis axis, int[] counts, string name, Color color)
    {
        double width = (axis.Greatest - axis.Least) / Bins;
        var bars = new List<Bar>();
        for (int bin = 0; bin < Bins; bin++)
        {
            if (counts[bin] == 0)
                continue;
            bars.Add(new Bar
            {
                Position = axis.Least + ((bin + 0.5) * width),
                ValueBase = Ground,
                Value = Math.Log10(counts[bin]),
                Size = width,
                FillColor = color.WithAlpha(0.55),
                LineColor = color,
                LineWidth = 1,
            });
        }

        var series = plot.Add.Bars(bars);
        series.LegendText = string.Create(CultureInfo.InvariantCulture, $"{name} ({counts.Sum():N0})");
        return bars.Count == 0 ? 0 : bars.Max(bar => bar.Value);
    }

    private static void AddThreshold(Plot plot, ScoreAxis axis, double threshold)
    {
        var line = plot.Add.VerticalLine(axis.Position(threshold), 2, PictureStyle.Ink, LinePattern.Dashed);
        line.LegendText = string.Create(CultureInfo.InvariantCulture, $"threshold {threshold:G4}");
    }

    private static NumericManual RoundScores(ScoreAxis axis)
    {
        var ticks = new NumericManual();
        foreach (double score in axis.RoundScores())
            ticks.AddMajor(axis.Position(score), Label(score));
        return ticks;
    }

    private static string Label(double score) =>
        score.ToString(Math.Abs(score) is 0 or (>= 0.001 and < 1e6) ? "#,0.####" : "G2", CultureInfo.InvariantCulture);

    private static NumericManual PowersOfTen(double top)
    {
        var ticks = new NumericManual();
        for (int power = 0; power <= top + 0.9; power++)
            ticks.AddMajor(power, Math.Pow(10, power).ToString("N0", CultureInfo.InvariantCulture));
        return ticks;
    }
}
