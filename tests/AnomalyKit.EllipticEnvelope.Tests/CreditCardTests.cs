using AnomalyKit.Tests;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>What the defaults reach on the credit-card data, without labels.</summary>
public sealed class CreditCardTests
{
    private const int Frauds = 492;

    [DataFact(DataFiles.CreditCard)]
    public void The_defaults_raise_the_support_and_find_the_frauds()
    {
        var data = FeatureMatrix.LoadCsv(DataFiles.Find(DataFiles.CreditCard)!, labelColumn: "Class");
        var envelope = new EllipticEnvelopeTrainer { Threshold = ThresholdRule.Contamination((double)Frauds / data.RowCount) }.Fit(data);
        Assert.Equal([DataFindingKind.SupportRaised], envelope.Findings.Select(finding => finding.Kind));
        float[] scores = envelope.Score(data);
        var labels = data.Labels.Span;
        Assert.InRange(DetectionMetrics.AveragePrecision(labels, scores), 0.71, 0.72);
        Assert.InRange(DetectionMetrics.RocAuc(labels, scores), 0.957, 0.962);
        int flagged = 0;
        int found = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            if (scores[row] > envelope.Threshold)
            {
                flagged++;
                found += labels[row] ? 1 : 0;
            }
        }

        Assert.InRange(2.0 * found / (flagged + Frauds), 0.80, 0.82);
    }
}
