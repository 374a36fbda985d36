using AnomalyKit.Samples.CreditCard.Reporting.Figures;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>The curves of several runs in one plot; every line has a colour, dashes and a number of its own.</summary>
internal static class CurveChart
{
    private const int Width = 560;
    private const int Height = 400;
    private const double Left = 58;
    private const double Top = 34;
    private const double Right = Width - 14;
    private const double Bottom = Height - 46;

    private static readonly double[] Fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>Frauds caught against false alarms, on a logarithmic axis that begins where one false alarm lies.</summary>
    public static string Roc(IReadOnlyList<PageRun> runs, IReadOnlyList<ReferenceVote> votes, string label)
    {
        double normals = Math.Max(1, runs[0].Scores.Labels.Length - runs[0].Frauds);
        var x = new Scale(Math.Pow(10, Math.Floor(Math.Log10(1 / normals))), 1, Left, Right, IsLog: true);
        var y = Share();
        var drawing = new SvgDrawing(Width, Height, label);
        Frame.Left(drawing, x, y, Fifths, Frame.Percent, "frauds caught");
        Frame.Bottom(drawing, x, y, x.Powers(), Frame.Percent, "normal rows that raise a false alarm (logarithmic)");
        drawing.Curve([.. Enumerable.Range(0, 101).Select(i => Math.Pow(10, Math.Log10(x.Least) * (1 - (i / 100.0)))).Select(rate => (x[rate], y[rate]))], "chance");
        var curves = runs.Select(run => Roc(run, x, y)).ToList();
        Draw(drawing, runs, curves, run => (x[run.Result.Confusion.FalsePositiveRate], y[run.Result.Confusion.Recall]));
        foreach (var vote in votes)
            Diamond(drawing, x[vote.FalseAlarms / normals], y[vote.Line.Recall]);
        return drawing.End();
    }

    /// <summary>Precision against recall.</summary>
    public static string PrecisionRecall(IReadOnlyList<PageRun> runs, IReadOnlyList<ReferenceVote> votes, string label)
    {
        var x = new Scale(0, 1, Left, Right);
        var y = Share();
        var drawing = new SvgDrawing(Width, Height, label);
        Frame.Left(drawing, x, y, Fifths, Frame.Percent, "precision: alerts that are frauds");
        Frame.Bottom(drawing, x, y, Fifths, Frame.Percent, "frauds caught (recall)");
        var curves = runs.Select(run => PrecisionRecall(run, x, y)).ToList();
        Draw(drawing, runs, curves, run => (x[run.Result.Confusion.Recall], y[run.Result.Confusion.Precision]));
        foreach (var vote in votes)
            Diamond(drawing, x[vote.Line.Recall], y[vote.Line.Precision]);
        return drawing.End();
    }

    internal static void Diamond(SvgDrawing drawing, double x, double y) => drawing.Add($"<path class=\"vote\" d=\"M{x:0.#} {y - 7:0.#}l7 7l-7 7l-7 -7z\"/>");

    private static Scale Share() => new(0, 1, Bottom, Top);

    private static void Draw(SvgDrawing drawing, IReadOnlyList<PageRun> runs, List<List<(double X, double Y)>> curves, Func<PageRun, (double X, double Y)> own)
    {
        var badges = Placement.OnCurves(curves, (Left + 12, Top + 8, Right - 12, Bottom - 12));
        for (int i = 0; i < runs.Count; i++)
        {
            int series = Page.Markup.SeriesOf(runs[i].Number);
            var (x, y) = own(runs[i]);
            drawing.Add($"<g class=\"c{series} k{runs[i].Number}\">").Curve(curves[i], "line").Dot(x, y, 4.5, "own").Add($"</g>");
        }

        for (int i = 0; i < runs.Count; i++)
            drawing.Add($"<g class=\"k{runs[i].Number}\">").Badge(badges[i].X, badges[i].Y, runs[i].Number).Add($"</g>");
    }

    private static List<(double X, double Y)> Roc(PageRun run, Scale x, Scale y)
    {
        var curve = DetectionMetrics.RocCurve(run.Scores.Labels.Span, run.Scores.Scores, dropIntermediate: true);
        return Points(curve.FalsePositiveRates.Span, curve.TruePositiveRates.Span, x, y);
    }

    private static List<(double X, double Y)> PrecisionRecall(PageRun run, Scale x, Scale y)
    {
        var curve = DetectionMetrics.PrecisionRecallCurve(run.Scores.Labels.Span, run.Scores.Scores);

        // The end of the curve, where no fraud is found yet, is a spike along the axis that shows nothing.
        int spike = curve.Recalls.Span.Count(0.0);
        return Points(curve.Recalls.Span[..^spike], curve.Precisions.Span[..^spike], x, y);
    }

    private static List<(double X, double Y)> Points(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Scale across, Scale up)
    {
        var points = new List<(double X, double Y)>();
        for (int i = 0; i < x.Length; i++)
        {
            var point = (X: across[x[i]], Y: up[y[i]]);
            if (points.Count == 0 || i == x.Length - 1 || Math.Abs(point.X - points[^1].X) >= 0.5 || Math.Abs(point.Y - points[^1].Y) >= 0.5)
                points.Add(point);
        }

        return points;
    }
}
