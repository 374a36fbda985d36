namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>What metrics say of rows that they cannot measure: which metric, what is missing, and what to do.</summary>
public class MetricMessageTests
{
    private delegate void Metric(bool[] labels, float[] scores);

    [Fact]
    public void Metrics_name_themselves_and_the_class_that_is_missing()
    {
        (string Name, bool NeedsNormals, Metric Measure)[] metrics =
        [
            ("Recall at k", false, (labels, scores) => DetectionMetrics.RecallAtK(labels, scores, 1)),
            ("The area under the ROC curve", true, (labels, scores) => DetectionMetrics.RocAuc(labels, scores)),
            ("Average precision", false, (labels, scores) => DetectionMetrics.AveragePrecision(labels, scores)),
            ("The ROC curve", true, (labels, scores) => DetectionMetrics.RocCurve(labels, scores)),
            ("The precision-recall curve", false, (labels, scores) => DetectionMetrics.PrecisionRecallCurve(labels, scores)),
            ("Recall at a false positive rate", true, (labels, scores) => DetectionMetrics.RecallAtFalsePositiveRate(labels, scores, 0.1)),
            ("The best F1", false, (labels, scores) => DetectionMetrics.BestF1(labels, scores)),
        ];
        foreach (var (name, needsNormals, measure) in metrics)
        {
            string message = Assert.Throws<ArgumentException>("labels", () => measure([false, false, false], [1, 2, 3])).Message;
            Assert.StartsWith($"{name} needs at least one anomaly (true) among the labels; all 3 are normal. Measure on rows that hold both.", message, StringComparison.Ordinal);
            if (!needsNormals)
            {
                measure([true, true], [1, 2]);
                continue;
            }

            message = Assert.Throws<ArgumentException>("labels", () => measure([true, true], [1, 2])).Message;
            Assert.StartsWith($"{name} needs at least one normal row (false) among the labels; all 2 are anomalies. Measure on rows that hold both.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_number_is_refused_with_a_way_out()
    {
        Assert.Contains("infinities are allowed). Find out why", Assert.Throws<ArgumentException>("scores", () => DetectionMetrics.RocAuc([true, false], [1, float.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The threshold is NaN, and no score is ever above NaN. Give a number", Assert.Throws<ArgumentException>("threshold", () => ConfusionMatrix.AtThreshold([true, false], [1, 2], double.NaN)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "A rate is a fraction from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => DetectionMetrics.RecallAtFalsePositiveRate([true, false], [1, 2], 1.5)).Message, StringComparison.Ordinal);
        Assert.Contains("A count of rows is from 0 to", Assert.Throws<ArgumentOutOfRangeException>("falsePositives", () => new ConfusionMatrix(1, -1, 1, 1)).Message, StringComparison.Ordinal);
    }
}
