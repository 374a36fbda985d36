using AnomalyKit.Samples.CreditCard.Evaluation;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>The contributions of the columns to the scores of many alerts: one point per alert, coloured by the value of the column.</summary>
internal static class BeeswarmPicture
{
    private const int Columns = 12;
    private const int Slots = 60;
    private const double Width = 0.42;

    public static byte[] Draw(AlertReasons reasons)
    {
        var summary = reasons.Summary;
        double[] means = summary.MeanAbsoluteContributions();
        int[] shown = [.. Enumerable.Range(0, means.Length).OrderByDescending(i => means[i]).Take(Columns)];
        var plot = PictureStyle.NewPlot($"Which columns made {summary.RowCount} alerts ({reasons.Run.Detector}, {reasons.Run.Settings} settings)");
        var ticks = new NumericManual();
        double least = 0;
        double most = 0;
        for (int place = 0; place < shown.Length; place++)
        {
            int column = shown[place];
            double[] contributions = [.. Enumerable.Range(0, summary.RowCount).Select(row => summary.Contributions(row)[column])];
            float[] values = [.. Enumerable.Range(0, summary.RowCount).Select(row => reasons.SummaryRows.Cells(row)[column])];
            least = Math.Min(least, contributions.Min());
            most = Math.Max(most, contributions.Max());
            Add(plot, shown.Length - place, contributions, RanksOf(values));
            ticks.AddMajor(shown.Length - place, summary.Groups.Names[column]);
        }

        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        double margin = 0.05 * Math.Max(most - least, double.Epsilon);
        plot.Axes.SetLimits(least - margin, most + margin, 0.3, shown.Length + 0.7);
        plot.Add.VerticalLine(0, 1, PictureStyle.Ink);
        plot.XLabel($"contribution to {summary.Info.ExplainedValue}; blue: low values of the column among these alerts, orange: high ones");
        return PictureStyle.Png(plot, 960, 560);
    }

    /// <summary>Adds a column's points; those of about the same contribution are spread out, up and down in turn.</summary>
    private static void Add(Plot plot, double height, double[] contributions, double[] ranks)
    {
        double least = contributions.Min();
        double step = Math.Max((contributions.Max() - least) / Slots, double.Epsilon);
        var taken = new int[Slots + 1];
        int[] slots = Array.ConvertAll(contributions, contribution => (int)Math.Min((contribution - least) / step, Slots));
        int[] counts = [.. Enumerable.Range(0, Slots + 1).Select(slot => slots.Count(other => other == slot))];
        for (int i = 0; i < contributions.Length; i++)
        {
            int place = taken[slots[i]]++;
            double side = place % 2 == 0 ? 1 : -1;
            double spread = Math.Min(0.05, 2 * Width / Math.Max(counts[slots[i]], 1));
            var marker = plot.Add.Marker(contributions[i], height + (side * ((place + 1) / 2) * spread));
            marker.Size = 5;
            marker.Shape = MarkerShape.FilledCircle;
            marker.Color = Mixed(ranks[i]);
        }
    }

    /// <summary>Where each value lies among all, from 0 to 1; equal values lie alike.</summary>
    private static double[] RanksOf(float[] values)
    {
        float[] sorted = [.. values.Order()];
        return Array.ConvertAll(values, value => sorted[0] == sorted[^1] ? 0.5 : (double)Array.FindIndex(sorted, other => other >= value) / (sorted.Length - 1));
    }

    private static Color Mixed(double share) => PictureStyle.Normal.MixedWith(PictureStyle.Fraud, share).WithAlpha(0.75);
}
