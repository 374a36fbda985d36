using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>The contributions of the columns to one row's score, the largest at the top.</summary>
internal static class ContributionsPicture
{
    private const int Columns = 8;

    public static byte[] Draw(ExplainedAlert alert)
    {
        var attribution = alert.Explanation.Attribution;
        var plot = PictureStyle.NewPlot(string.Create(CultureInfo.InvariantCulture, $"Row {alert.Row}: score {alert.Explanation.Score:G4}, {(alert.IsFraud ? "a fraud" : "no fraud")}"));
        double[] contributions = attribution.Contributions.ToArray();
        int[] shown = [.. Enumerable.Range(0, contributions.Length).OrderByDescending(i => Math.Abs(contributions[i])).Take(Columns)];
        double rest = contributions.Sum() - shown.Sum(i => contributions[i]);
        var bars = new List<Bar>();
        var ticks = new NumericManual();
        for (int place = 0; place < shown.Length; place++)
            Add(shown.Length - place, attribution.Groups.Names[shown[place]], contributions[shown[place]]);
        if (contributions.Length > shown.Length)
            Add(0, "all others", rest);
        plot.Add.Bars(bars).Horizontal = true;
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Add.VerticalLine(0, 1, PictureStyle.Ink);
        plot.XLabel($"contribution to {attribution.Info.ExplainedValue}");
        return PictureStyle.Png(plot, 620, 380);

        void Add(int position, string name, double contribution)
        {
            bars.Add(new Bar
            {
                Position = position,
                Value = contribution,
                Size = 0.7,
                FillColor = contribution > 0 ? PictureStyle.Fraud : PictureStyle.Normal,
                LineWidth = 0,
            });
            ticks.AddMajor(position, name);
        }
    }
}
