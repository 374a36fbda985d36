using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Pictures;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>How the scores of normal rows and of frauds are distributed, on a logarithmic count axis, and where the threshold lies between them.</summary>
internal static class ScoreChart
{
    private const int Bins = 60;
    private const int Width = 460;
    private const int Height = 260;

    public static string Draw(RunScores run)
    {
        var axis = ScoreAxis.For(run.Scores);
        int[] normals = axis.Count(run.Scores, run.Labels.Span, fraud: false, Bins);
        int[] frauds = axis.Count(run.Scores, run.Labels.Span, fraud: true, Bins);
        var x = new Scale(axis.Least, axis.Greatest, 58, Width - 14);
        var y = new Scale(0.5, 2 * Math.Max(normals.Max(), frauds.Max()), Height - 44, 32, IsLog: true);
        var drawing = new SvgDrawing(Width, Height, $"Histogram of the scores of {run.Result.Detector}, {run.Result.Settings} settings");
        Frame.Left(drawing, x, y, y.Powers(), Frame.Plain, "rows (logarithmic)");
        foreach (double score in Ticks(axis))
            drawing.Text(x[axis.Position(score)], y.From + 16, Label(score), "mid");
        drawing.Text((x.From + x.To) / 2, y.From + 34, axis.IsBent ? "score, far ends drawn in" : "score", "mid title");
        Bars(drawing, x, y, axis, normals, "normal");
        Bars(drawing, x, y, axis, frauds, "fraud");
        double threshold = x[axis.Position(run.Result.Threshold)];
        drawing.Line(threshold, y.From, threshold, y.To, "threshold");
        return drawing.End();
    }

    private static void Bars(SvgDrawing drawing, Scale x, Scale y, ScoreAxis axis, int[] counts, string style)
    {
        double width = (axis.Greatest - axis.Least) / Bins;
        var steps = new List<(double X, double Y)>();
        for (int bin = 0; bin < Bins; bin++)
        {
            double top = counts[bin] == 0 ? y.From : y[counts[bin]];
            steps.Add((x[axis.Least + (bin * width)], top));
            steps.Add((x[axis.Least + ((bin + 1) * width)], top));
        }

        drawing.Curve([(x.From, y.From), .. steps, (x.To, y.From)], $"area {style}");
    }

    private static IEnumerable<double> Ticks(ScoreAxis axis)
    {
        if (axis.IsBent)
            return axis.RoundScores().Where((_, i) => i % 2 == 0);
        const int Count = 5;
        return Enumerable.Range(0, Count).Select(i => axis.Least + ((axis.Greatest - axis.Least) * i / (Count - 1)));
    }

    private static string Label(double score) => score.ToString(Math.Abs(score) is 0 or (>= 0.001 and < 1e5) ? "#,0.###" : "0.#E+0", CultureInfo.InvariantCulture);
}
