using AnomalyKit.Charts;
using OxyPlot.Axes;

namespace AnomalyKit.Reports;

/// <summary>The distributions of the scores of normal rows and of anomalies, with the threshold.</summary>
internal static class ScoreChart
{
    public const string NormalColor = "#2f81d8";
    public const string AnomalyColor = "#e07b1a";
    public const string ThresholdColor = "#808080";

    public static string Svg(ScoreHistogram histogram, int number)
    {
        int bins = histogram.Normals.Length;
        double top = 1.05 * Math.Max(histogram.Normals.Max(), histogram.Anomalies.Max());
        // Bins are drawn side by side in the order of their edges: positions, not values, so that no range is too wide to be drawn.
        return new Chart()
            .Axis(AxisPosition.Bottom, ScoreScale.Title(histogram.IsLogarithmic), 0, bins, bins / 4.0, position => Chart.Plain(histogram.Edges[(int)Math.Clamp(Math.Round(position), 0, bins)]))
            .Axis(AxisPosition.Left, "of the rows of each kind", 0, top, double.NaN, Chart.Percent)
            .Bars(histogram.Normals, NormalColor)
            .Bars(histogram.Anomalies, AnomalyColor)
            .Line([histogram.Threshold, histogram.Threshold], [0, top], ThresholdColor, isDashed: true)
            .Svg(number, "Scores of normal rows and of anomalies");
    }
}
