using System.Globalization;
using AnomalyKit.Charts;
using AnomalyKit.Dashboard.Work;

namespace AnomalyKit.Dashboard.Models;

/// <summary>How a model does on labeled rows: metrics, curves, thresholds to try and calibration. Holds no rows.</summary>
internal sealed class ModelJudgement : IDisposable
{
    private const int Bins = 10;

    // Labels and scores while they are read, and what is kept of them: counts, and curves of two numbers a point.
    private const int BytesPerRow = 48;

    private HeldBytes? _held;

    private ModelJudgement(DetectorEvaluation evaluation, ThresholdCounts counts, double threshold)
    {
        Evaluation = evaluation;
        Counts = counts;
        Thresholds = ThresholdPoints.Of(counts, threshold);
    }

    public DetectorEvaluation Evaluation { get; }

    /// <summary>What every threshold does.</summary>
    public ThresholdCounts Counts { get; }

    /// <summary>A few hundred thresholds, for a slider and a drawing.</summary>
    public ThresholdPoints Thresholds { get; }

    /// <summary>How many rows were left out, because their label is missing.</summary>
    public long UnlabeledRows { get; private set; }

    /// <summary>How many days the rows are; null where nobody knows.</summary>
    public double? Days { get; private init; }

    public IReadOnlyList<(double X, double Y)> Roc { get; private init; } = [];

    public IReadOnlyList<(double X, double Y)> PrecisionRecall { get; private init; } = [];

    /// <summary>Tenths of the rows by score, the highest first: how many rows, and which share of them are anomalies.</summary>
    public IReadOnlyList<(double From, double To, int Rows, int Anomalies)> Tenths { get; private init; } = [];

    /// <summary>Of p-values: which share of the normal rows has one of at most so much; empty where the model has none.</summary>
    public IReadOnlyList<(double X, double Y)> PValues { get; private init; } = [];

    public static ModelJudgement Of(ServedModel model, string path, string labelColumn, double? days, TableReadOptions? reading, IProgress<double?>? progress, int maxRows, HostBudget budget, CancellationToken cancellationToken)
    {
        var held = budget.Hold();
        try
        {
            using var reader = model.Detector.OpenFiles(TableFiles.Find([path]), labelColumn: labelColumn, reading: reading, cancellationToken: cancellationToken);
            var labels = new List<bool>();
            var scores = new List<float>();
            long rows = 0;
            foreach (var batch in model.Detector.ScoreBatches(reader, new TableScoreOptions { BatchRows = 1 << 14 }, cancellationToken))
            {
                held.Grow((long)BytesPerRow * batch.Table.RowCount);
                bool?[] known = batch.Table.ReadKnownLabels(rows)!;
                for (int row = 0; row < known.Length; row++)
                {
                    if (known[row] is not { } label)
                        continue;
                    labels.Add(label);
                    scores.Add(batch.Scores.Span[row]);
                }

                rows += known.Length;
                if (rows > maxRows)
                    throw new TableDataException(string.Create(CultureInfo.InvariantCulture, $"The table has more than {maxRows:N0} rows, the most that this dashboard takes. Use 'anomalykit evaluate' for larger ones."));
                progress?.Report(reader.Fraction);
            }

            if (scores.Count == 0)
                throw new TableDataException(rows == 0 ? "The table has no rows." : string.Create(CultureInfo.InvariantCulture, $"The column '{labelColumn}' is missing in all {rows:N0} rows, so there is no label to judge by."));
            var judgement = Of(model.Detector.Detector, [.. labels], [.. scores], days);
            judgement.UnlabeledRows = rows - scores.Count;
            judgement._held = held;
            return judgement;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public static ModelJudgement Of(IAnomalyDetector detector, bool[] labels, float[] scores, double? days)
    {
        var evaluation = DetectorEvaluation.Of(detector.Info.Kind, labels, scores, detector.Threshold);
        long anomalies = evaluation.AnomalyCount;
        var roc = anomalies > 0 && anomalies < labels.Length ? DetectionMetrics.RocCurve(labels, scores, dropIntermediate: true) : null;
        var curve = anomalies > 0 ? DetectionMetrics.PrecisionRecallCurve(labels, scores) : null;
        // The end of the curve, where no anomaly is found yet, is a spike along the axis that shows nothing.
        int drawn = curve is null ? 0 : curve.Count - curve.Recalls.Span.Count(0.0);
        return new ModelJudgement(evaluation, new ThresholdCounts(scores, labels), detector.Threshold)
        {
            Days = days,
            Roc = roc is null ? [] : Points(roc.FalsePositiveRates.Span, roc.TruePositiveRates.Span),
            PrecisionRecall = curve is null ? [] : Points(curve.Recalls.Span[..drawn], curve.Precisions.Span[..drawn]),
            Tenths = TenthsOf(labels, scores),
            PValues = detector.Calibrator is TailCalibrator tail ? PValuesOf(tail, labels, scores) : [],
        };
    }

    public void Dispose() => _held?.Dispose();

    private static (double X, double Y)[] Points(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var points = new (double X, double Y)[x.Length];
        for (int i = 0; i < points.Length; i++)
            points[i] = (x[i], y[i]);
        return points;
    }

    private static (double From, double To, int Rows, int Anomalies)[] TenthsOf(bool[] labels, float[] scores)
    {
        var (sorted, kinds) = ((float[])scores.Clone(), (bool[])labels.Clone());
        Array.Sort(sorted, kinds);
        int bins = Math.Min(Bins, sorted.Length);
        return [.. Enumerable.Range(0, bins).Reverse().Select(bin =>
        {
            int from = (int)((long)sorted.Length * bin / bins);
            int to = (int)((long)sorted.Length * (bin + 1) / bins);
            return ((double)sorted[from], (double)sorted[to - 1], to - from, kinds.AsSpan(from, to - from).Count(true));
        })];
    }

    private static (double X, double Y)[] PValuesOf(TailCalibrator tail, bool[] labels, float[] scores)
    {
        double[] values = [.. scores.Where((_, row) => !labels[row]).Select(score => tail.TailProbability(score)).Order()];
        if (values.Length == 0)
            return [];
        return [.. Enumerable.Range(0, 61).Select(step => Math.Pow(10, -3 + (step / 20.0))).Select(level =>
        {
            int count = 0;
            int high = values.Length;
            while (count < high)
            {
                int middle = (count + high) / 2;
                if (values[middle] <= level)
                    count = middle + 1;
                else
                    high = middle;
            }

            return (level, (double)count / values.Length);
        })];
    }
}
