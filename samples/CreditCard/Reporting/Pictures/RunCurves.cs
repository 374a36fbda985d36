using AnomalyKit.Samples.CreditCard.Evaluation;
using ScottPlot;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>The curves of a run, thinned to what a picture can show.</summary>
/// <param name="Result">The run's figures.</param>
/// <param name="Roc">True-positive rate against the decimal logarithm of the false-positive rate, of which the least is that of half a false alarm.</param>
/// <param name="PrecisionRecall">Precision against recall.</param>
internal sealed record RunCurves(RunResult Result, Coordinates[] Roc, Coordinates[] PrecisionRecall)
{
    private const double Step = 0.0005;
    private const double LogStep = 0.002;

    public static RunCurves Of(ScoredRun run)
    {
        var labels = run.Labels.Span;
        var roc = DetectionMetrics.RocCurve(labels, run.Scores, dropIntermediate: true);
        var precisionRecall = DetectionMetrics.PrecisionRecallCurve(labels, run.Scores);

        // The end of the curve, where no fraud is found yet, is a spike along the axis that shows nothing.
        int recallZero = precisionRecall.Recalls.Span.Count(0.0);
        double least = 0.5 / Math.Max(1, labels.Count(false));
        double[] logarithms = [.. roc.FalsePositiveRates.ToArray().Select(rate => Math.Log10(Math.Max(rate, least)))];
        return new RunCurves(
            run.Result,
            Thin(logarithms, roc.TruePositiveRates.Span, LogStep),
            Thin(precisionRecall.Recalls.Span[..^recallZero], precisionRecall.Precisions.Span[..^recallZero], Step));
    }

    /// <summary>Leaves out points that lie within half a pixel of the last one kept.</summary>
    private static Coordinates[] Thin(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double step)
    {
        var kept = new List<Coordinates>();
        for (int i = 0; i < x.Length; i++)
        {
            var point = new Coordinates(x[i], y[i]);
            bool edge = i == 0 || i == x.Length - 1;
            if (edge || Math.Abs(point.X - kept[^1].X) > step || Math.Abs(point.Y - kept[^1].Y) > Step)
                kept.Add(point);
        }

        return [.. kept];
    }
}
