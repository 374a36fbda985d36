namespace AnomalyKit.Tuning.Tests;

public sealed class SearchMetricTests
{
    private static readonly bool[] Labels = [true, false, true, false, false];
    private static readonly float[] Scores = [5, 4, 3, 2, 1];

    public static TheoryData<string, string, double> Texts => new()
    {
        { "average_precision", "average_precision", (1 + (2.0 / 3)) / 2 },
        { "Average-Precision", "average_precision", (1 + (2.0 / 3)) / 2 },
        { "roc_auc", "roc_auc", 5.0 / 6 },
        { "best_f1", "best_f1", 0.8 },
        { "precision_at_k:2", "precision_at_2", 0.5 },
        { "recall_at_k:3", "recall_at_3", 1 },
        { "recall_at_false_positive_rate:0.1", "recall_at_false_positive_rate_0.1", 0.5 },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Metrics_are_read_and_measure_what_their_name_says(string text, string name, double value)
    {
        var metric = SearchMetric.Parse(text);

        Assert.Equal(name, metric.Name);
        Assert.Equal(value, metric.Measure(Labels, Scores), 12);
        Assert.Equal(SearchDirection.Maximize, metric.Direction);
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("precision_at_k")]
    [InlineData("precision_at_k:0")]
    [InlineData("recall_at_false_positive_rate:2")]
    public void Texts_that_are_no_metric_are_refused(string text) => Assert.Throws<FormatException>(() => SearchMetric.Parse(text));

    [Fact]
    public void A_metric_of_ones_own_has_its_direction()
    {
        var cost = SearchMetric.Of("cost", (labels, scores) => labels.Length - scores[0], SearchDirection.Minimize);

        Assert.Equal(0, cost.Measure(Labels, Scores));
        Assert.True(cost.IsBetter(1, 2));
    }
}
