using AnomalyKit.Tests;

namespace AnomalyKit.Autoencoder.Tests;

/// <summary>What the defaults reach on the credit-card data, without labels.</summary>
public sealed class CreditCardTests
{
    [DataFact(DataFiles.CreditCard)]
    public void The_defaults_find_the_frauds_of_the_second_day()
    {
        var data = FeatureMatrix.LoadCsv(DataFiles.Find(DataFiles.CreditCard)!, labelColumn: "Class");
        int half = data.RowCount / 2;
        var tomorrow = data.Slice(half, data.RowCount - half);
        var detector = new AutoencoderTrainer { Seed = 42 }.Fit(data.Slice(0, half));
        float[] scores = detector.Score(tomorrow);
        Assert.InRange(DetectionMetrics.AveragePrecision(tomorrow.Labels.Span, scores), 0.6, 0.85);
        Assert.InRange(DetectionMetrics.RocAuc(tomorrow.Labels.Span, scores), 0.9, 0.98);
    }
}
