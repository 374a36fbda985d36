namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>Agreement with scikit-learn to 1e-12; the numbers and their command are in Golden/SklearnGolden.cs.</summary>
public class SklearnAgreementTests
{
    public static TheoryData<string> Cases => [.. SklearnGolden.Rankings.Select(golden => golden.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void RocAuc_equals_roc_auc_score(string name)
    {
        RankingGolden golden = Golden(name);
        Close.Equal(golden.RocAuc, DetectionMetrics.RocAuc(golden.Rows.Labels, golden.Rows.Scores), name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void AveragePrecision_equals_average_precision_score(string name)
    {
        RankingGolden golden = Golden(name);
        Close.Equal(golden.AveragePrecision, DetectionMetrics.AveragePrecision(golden.Rows.Labels, golden.Rows.Scores), name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void RocCurve_equals_roc_curve(string name)
    {
        RankingGolden golden = Golden(name);
        RocCurve curve = DetectionMetrics.RocCurve(golden.Rows.Labels, golden.Rows.Scores);
        Compare(golden.Roc, curve.FalsePositiveRates, curve.TruePositiveRates, curve.Thresholds);
        Assert.Equal(golden.Roc[0].Count, curve.Count);
    }

    [Theory, MemberData(nameof(Cases))]
    public void RocCurve_without_intermediate_points_equals_drop_intermediate(string name)
    {
        RankingGolden golden = Golden(name);
        RocCurve curve = DetectionMetrics.RocCurve(golden.Rows.Labels, golden.Rows.Scores, dropIntermediate: true);
        Compare(golden.RocDropped, curve.FalsePositiveRates, curve.TruePositiveRates, curve.Thresholds);
    }

    [Theory, MemberData(nameof(Cases))]
    public void PrecisionRecallCurve_equals_precision_recall_curve(string name)
    {
        RankingGolden golden = Golden(name);
        PrecisionRecallCurve curve = DetectionMetrics.PrecisionRecallCurve(golden.Rows.Labels, golden.Rows.Scores);
        Compare(golden.PrecisionRecall, curve.Precisions, curve.Recalls, curve.Thresholds);
        Assert.Equal(golden.PrecisionRecall[0].Count, curve.Count);
    }

    [Theory, MemberData(nameof(Cases))]
    public void RecallAtFalsePositiveRate_equals_the_best_point_of_roc_curve(string name)
    {
        RankingGolden golden = Golden(name);
        for (int i = 0; i < SklearnGolden.Rates.Length; i++)
        {
            double rate = SklearnGolden.Rates[i];
            double recall = DetectionMetrics.RecallAtFalsePositiveRate(golden.Rows.Labels, golden.Rows.Scores, rate);
            Close.Equal(golden.RecallAtRates[i], recall, $"{name} at {rate}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void BestF1_equals_the_best_point_of_precision_recall_curve(string name)
    {
        RankingGolden golden = Golden(name);
        Close.Equal(golden.BestF1, DetectionMetrics.BestF1(golden.Rows.Labels, golden.Rows.Scores).F1, name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void ConfusionMatrix_at_a_threshold_equals_confusion_matrix_and_its_scores(string name)
    {
        RankingGolden golden = Golden(name);
        ConfusionMatrixTests.Compare(
            golden.Confusion, ConfusionMatrix.AtThreshold(golden.Rows.Labels, golden.Rows.Scores, golden.Threshold));
    }

    private static RankingGolden Golden(string name) => SklearnGolden.Rankings.Single(golden => golden.Name == name);

    private static void Compare(CurveGolden[] expected, params ReadOnlyMemory<double>[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int part = 0; part < expected.Length; part++)
        {
            ReadOnlySpan<double> values = actual[part].Span;
            double[] samples = expected[part].Samples;
            Assert.Equal(expected[part].Count, values.Length);
            for (int i = 0; i < samples.Length; i++)
            {
                int index = (int)((long)i * (values.Length - 1) / Math.Max(samples.Length - 1, 1));
                Close.Equal(samples[i], values[index], $"part {part}, point {index}");
            }

            double digest = 0;
            for (int i = 1; i < values.Length; i++)
                digest += (double)i / values.Length * values[i];
            Close.Equal(expected[part].Digest, digest, $"digest of part {part}");
        }
    }
}
