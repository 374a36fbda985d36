using AnomalyKit.Samples.CreditCard.Reporting.Figures;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>The picture of the summary: frauds caught against false alarms, one point per run at its own threshold.</summary>
internal static class CaughtChart
{
    private const int Width = 600;
    private const int Height = 400;

    /// <summary>How far apart the middles of two numbers are at least.</summary>
    private const double Badge = 19.5;

    private static readonly double[] Quarters = [0, 0.25, 0.5, 0.75, 1];

    public static string Draw(IReadOnlyList<PageRun> runs, IReadOnlyList<ReferenceVote> votes)
    {
        var rate = runs[0].Rate;
        double[] alarms = [.. runs.Select(run => run.FalseAlarmRate), .. votes.Select(vote => rate.Rate(vote.FalseAlarms))];
        double[] positive = [.. alarms.Where(value => value > 0).DefaultIfEmpty(1)];
        double least = Math.Pow(10, Math.Floor(Math.Log10(positive.Min())));
        double most = Math.Max(Math.Pow(10, Math.Ceiling(Math.Log10(positive.Max()) - 1e-9)), 10 * least);
        var x = new Scale(least, most, 62, Width - 20, IsLog: true);
        var y = new Scale(0, 1, Height - 48, 36);
        var drawing = new SvgDrawing(Width, Height, $"Frauds caught against false alarms {rate.Per}, one point per detector. The table beside it has the numbers.");
        Frame.Left(drawing, x, y, Quarters, Frame.Percent, "frauds caught");
        Frame.Bottom(drawing, x, y, x.Powers(), Frame.Plain, $"false alarms {rate.Per} (logarithmic; fewer is to the left)");
        drawing.Text(x.From + 8, y.To + 16, "↖ better here", "dim");

        (double X, double Y)[] wanted =
        [
            .. votes.Select(vote => (x[rate.Rate(vote.FalseAlarms)], y[vote.Line.Recall])),
            .. runs.Select(run => (x[run.FalseAlarmRate], y[run.Result.Confusion.Recall])),
        ];
        var placed = Placement.Spread(Placement.InBlocks(wanted, Badge), Badge, (x.From + 8, y.To, x.To - 4, y.From - 2));
        for (int i = 0; i < wanted.Length; i++)
            drawing.Line(wanted[i].X, wanted[i].Y, placed[i].X, placed[i].Y, "lead").Dot(wanted[i].X, wanted[i].Y, 2, "pin");
        for (int i = 0; i < votes.Count; i++)
            CurveChart.Diamond(drawing, placed[i].X, placed[i].Y);

        // What the reader is to see first lies on top.
        foreach (bool isOurs in (bool[])[false, true])
        {
            for (int i = 0; i < runs.Count; i++)
            {
                if (runs[i].IsOurs == isOurs)
                    drawing.Badge(placed[votes.Count + i].X, placed[votes.Count + i].Y, runs[i].Number, isHollow: !isOurs);
            }
        }

        return drawing.End();
    }
}
