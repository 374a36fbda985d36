using OxyPlot.Axes;

namespace AnomalyKit.Reports;

/// <summary>The curves of one or several detectors.</summary>
internal static class CurveCharts
{
    private static readonly string[] Colors = ["#2f81d8", "#e07b1a", "#2f9e5b", "#c4475d", "#8a63d2", "#a08c16", "#1fa3a8", "#d45cb0"];

    /// <summary>The most detectors whose curves can be told apart.</summary>
    public static int MaxCurves => 2 * Colors.Length;

    public static string ColorOf(int detector) => Colors[detector % Colors.Length];

    /// <summary>Whether the line of a detector is dashed, because its color came before.</summary>
    public static bool IsDashed(int detector) => detector >= Colors.Length;

    public static string Roc(IReadOnlyList<DetectorEvaluation> evaluations, int number)
    {
        var chart = Panel("false positive rate", "recall").Line([0, 1], [0, 1], "#808080", isDashed: true, width: 1);
        for (int i = 0; i < evaluations.Count; i++)
        {
            if (evaluations[i].Roc is { } roc)
                chart.Line(roc.X, roc.Y, ColorOf(i), IsDashed(i)).Mark(evaluations[i].Confusion.FalsePositiveRate, evaluations[i].Confusion.Recall, ColorOf(i));
        }

        return chart.Svg(number, "ROC curve");
    }

    public static string PrecisionRecall(IReadOnlyList<DetectorEvaluation> evaluations, int number)
    {
        var chart = Panel("recall", "precision");
        for (int i = 0; i < evaluations.Count; i++)
        {
            if (evaluations[i].PrecisionRecall is not { } curve)
                continue;
            chart.Line(curve.X, curve.Y, ColorOf(i), IsDashed(i));
            if (evaluations[i].AlertCount > 0)
                chart.Mark(evaluations[i].Confusion.Recall, evaluations[i].Confusion.Precision, ColorOf(i));
        }

        return chart.Svg(number, "Precision and recall");
    }

    // A little room beyond 1, so that lines along the end are seen whole.
    private static Chart Panel(string x, string y) => new Chart()
        .Axis(AxisPosition.Bottom, x, -0.01, 1.02, 0.2, Chart.Plain)
        .Axis(AxisPosition.Left, y, -0.01, 1.03, 0.2, Chart.Plain);
}
