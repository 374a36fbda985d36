namespace AnomalyKit.Core.Tests.Metrics;

public class DetectionMetricsErrorTests
{
    private delegate void Metric(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores);

    private static readonly Dictionary<string, (Metric Call, bool NeedsAnomaly, bool NeedsNormal)> Metrics = new()
    {
        ["RocAuc"] = ((l, s) => DetectionMetrics.RocAuc(l, s), true, true),
        ["AveragePrecision"] = ((l, s) => DetectionMetrics.AveragePrecision(l, s), true, false),
        ["RocCurve"] = ((l, s) => DetectionMetrics.RocCurve(l, s), true, true),
        ["PrecisionRecallCurve"] = ((l, s) => DetectionMetrics.PrecisionRecallCurve(l, s), true, false),
        ["PrecisionAtK"] = ((l, s) => DetectionMetrics.PrecisionAtK(l, s, 1), false, false),
        ["RecallAtK"] = ((l, s) => DetectionMetrics.RecallAtK(l, s, 1), true, false),
        ["RecallAtFalsePositiveRate"] = ((l, s) => DetectionMetrics.RecallAtFalsePositiveRate(l, s, 0.5), true, true),
        ["BestF1"] = ((l, s) => DetectionMetrics.BestF1(l, s), true, false),
    };

    public static TheoryData<string> Names => [.. Metrics.Keys];

    [Theory, MemberData(nameof(Names))]
    public void No_rows_are_refused(string name) => Refuses(name, [], [], "labels", "no rows");

    [Theory, MemberData(nameof(Names))]
    public void Different_counts_are_refused(string name)
    {
        Refuses(name, [true, false], [1, 2, 3], "scores", "2 labels for 3 scores");
        Refuses(name, [true, false], [], "scores", "2 labels for 0 scores");
        Refuses(name, [], [1], "scores", "0 labels for 1 scores");
    }

    [Theory, MemberData(nameof(Names))]
    public void NaN_is_refused_by_its_row(string name)
    {
        Refuses(name, [true, false, true], [1, 2, float.NaN], "scores", "Score 2 is NaN");
        Refuses(name, [true, false, true], [1, -float.NaN, 1], "scores", "Score 1 is NaN");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_missing_class_is_refused_where_it_is_needed(string name)
    {
        (Metric call, bool needsAnomaly, bool needsNormal) = Metrics[name];
        if (needsAnomaly)
            Refuses(name, [false, false], [1, 2], "labels", "at least one anomaly");
        else
            call([false, false], [1, 2]);

        if (needsNormal)
            Refuses(name, [true, true], [1, 2], "labels", "at least one normal row");
        else
            call([true, true], [1, 2]);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    public void K_outside_the_rows_is_refused(int k)
    {
        Action[] calls =
        [
            () => DetectionMetrics.PrecisionAtK([true, false], [1f, 2f], k),
            () => DetectionMetrics.RecallAtK([true, false], [1f, 2f], k),
        ];
        foreach (Action call in calls)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(call);
            Assert.Equal("k", error.ParamName);
            Assert.Contains("from 1 to 2", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1e-9)]
    [InlineData(1.001)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_none_is_refused(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => DetectionMetrics.RecallAtFalsePositiveRate([true, false], [1f, 2f], rate));
        Assert.Equal("maxFalsePositiveRate", error.ParamName);
    }

    private static void Refuses(string name, bool[] labels, float[] scores, string parameter, string message)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Metrics[name].Call(labels, scores));
        Assert.Equal(parameter, error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
