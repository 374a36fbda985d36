using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace AnomalyKit.Tool.Verifying;

/// <summary>How the scores of ONNX Runtime differ from the library's.</summary>
/// <param name="RowCount">The rows compared.</param>
/// <param name="LargestDifference">The largest difference of two scores, relative to the greater of the score and the threshold in size.</param>
/// <param name="Row">Where it is.</param>
/// <param name="DifferentLabels">Labels that differ although the score is not next to the threshold.</param>
internal sealed record OnnxComparison(long RowCount, double LargestDifference, long Row, long DifferentLabels)
{
    /// <summary>What scores may differ by; labels are compared where the threshold is farther away.</summary>
    public const double Tolerance = 1e-4;

    public bool IsClose => LargestDifference <= Tolerance && DifferentLabels == 0;

    /// <summary>Scores all rows both ways.</summary>
    public static OnnxComparison Of(TableDetector detector, OnnxModel model, OnnxOptions options, TableReader reader, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        using var settings = new Microsoft.ML.OnnxRuntime.SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model.ToArray(), settings);
        var comparison = new OnnxComparison(0, 0, 0, 0);
        foreach (var batch in detector.ScoreBatches(reader, new TableScoreOptions { Progress = progress }, cancellationToken))
        {
            var inputs = OnnxRows.Of(detector, model, options, batch.Table);
            using var results = session.Run(inputs);
            float[] scores = [.. results.First(result => result.Name == model.Outputs[0].Name).AsTensor<float>()];
            bool[] labels = [.. results.First(result => result.Name == model.Outputs[1].Name).AsTensor<bool>()];
            comparison = comparison.With(batch, scores, labels, detector.Threshold);
        }

        return comparison;
    }

    /// <summary>For people.</summary>
    public override string ToString() => RowCount == 0
        ? "No rows to compare."
        : string.Create(CultureInfo.InvariantCulture, $"{RowCount:N0} rows compared: largest relative difference {LargestDifference:0.0e+0} (row {Row}), {DifferentLabels:N0} different labels.");

    private OnnxComparison With(ScoredTable batch, float[] scores, bool[] labels, double threshold)
    {
        var result = this with { RowCount = RowCount + scores.Length };
        for (int i = 0; i < scores.Length; i++)
        {
            double own = batch.Scores.Span[i];
            double size = Math.Max(Math.Abs(own), double.IsFinite(threshold) ? Math.Abs(threshold) : 0);
            double difference = own == scores[i] ? 0 : Math.Abs(own - scores[i]) / Math.Max(size, float.Epsilon);
            // NaN is the largest of all differences.
            if (!(difference <= result.LargestDifference))
                result = result with { LargestDifference = double.IsNaN(difference) ? double.PositiveInfinity : difference, Row = batch.FirstRow + i };
            if (own > threshold != labels[i] && Math.Abs(own - threshold) > Tolerance * size)
                result = result with { DifferentLabels = result.DifferentLabels + 1 };
        }

        return result;
    }
}
