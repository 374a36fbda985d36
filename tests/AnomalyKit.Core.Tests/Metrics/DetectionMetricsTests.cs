namespace AnomalyKit.Core.Tests.Metrics;

public class DetectionMetricsTests
{
    private const float Infinity = float.PositiveInfinity;

    private static readonly bool[] Labels = [true, false, true, false, false];
    private static readonly float[] Scores = [3, 2, 1, 1, 0];

    [Fact]
    public void Ties_at_k_count_by_their_expectation()
    {
        // The third place goes to one of two tied rows, one of them an anomaly.
        Assert.Equal(1, DetectionMetrics.PrecisionAtK(Labels, Scores, 1));
        Assert.Equal(0.5, DetectionMetrics.PrecisionAtK(Labels, Scores, 2));
        Assert.Equal(0.5, DetectionMetrics.PrecisionAtK(Labels, Scores, 3));
        Assert.Equal(0.4, DetectionMetrics.PrecisionAtK(Labels, Scores, 5));
        Assert.Equal(0.75, DetectionMetrics.RecallAtK(Labels, Scores, 3));
        Assert.Equal(1, DetectionMetrics.RecallAtK(Labels, Scores, 4));
    }

    [Fact]
    public void PrecisionAtK_needs_no_anomaly() => Assert.Equal(0, DetectionMetrics.PrecisionAtK([false, false], [1f, 2f], 1));

    [Fact]
    public void Negative_and_positive_zero_are_tied()
    {
        bool[] labels = [true, false];
        float[] scores = [-0f, 0f];
        Assert.Equal(0.5, DetectionMetrics.RocAuc(labels, scores));
        RocCurve curve = DetectionMetrics.RocCurve(labels, scores);
        Assert.Equal(2, curve.Count);
        Assert.False(double.IsNegative(curve.Thresholds.Span[1]));
    }

    [Fact]
    public void Infinities_are_ranked()
    {
        bool[] labels = [true, false, true, false];
        float[] scores = [Infinity, float.MaxValue, float.MinValue, -Infinity];
        Assert.Equal(0.75, DetectionMetrics.RocAuc(labels, scores));
        Assert.Equal(
            [double.PositiveInfinity, double.PositiveInfinity, float.MaxValue, float.MinValue, double.NegativeInfinity],
            DetectionMetrics.RocCurve(labels, scores).Thresholds.ToArray());
        Assert.Equal([0, 0, 0.5, 0.5, 1], DetectionMetrics.RocCurve(labels, scores).FalsePositiveRates.ToArray());
    }

    [Fact]
    public void RecallAtFalsePositiveRate_does_not_interpolate()
    {
        Assert.Equal(0.5, DetectionMetrics.RecallAtFalsePositiveRate(Labels, Scores, 0));
        Assert.Equal(0.5, DetectionMetrics.RecallAtFalsePositiveRate(Labels, Scores, 0.6));
        Assert.Equal(1, DetectionMetrics.RecallAtFalsePositiveRate(Labels, Scores, 2 / 3d));
        Assert.Equal(0, DetectionMetrics.RecallAtFalsePositiveRate([true, false], [1f, 1f], 0.5));
    }

    [Fact]
    public void BestF1_puts_the_threshold_midway()
    {
        F1Optimum best = DetectionMetrics.BestF1([false, true, false], [1f, 4f, 2f]);
        Assert.Equal(new F1Optimum(1, 1, 1, 3), best);
    }

    [Fact]
    public void BestF1_prefers_fewer_alarms_at_equal_F1()
    {
        // Flagging one row: 2·1/(1+2) = 2/3. Flagging all four: 2·2/(4+2) = 2/3.
        F1Optimum best = DetectionMetrics.BestF1([true, false, false, true], [4f, 3f, 2f, 1f]);
        Assert.Equal(new F1Optimum(2 / 3d, 1, 0.5, 3.5), best);
    }

    public static TheoryData<bool[], float[], F1Optimum> HardThresholds => new()
    {
        // All rows are flagged: just below the lowest.
        { [true, true], [0f, 1f], new F1Optimum(1, 1, 1, -float.Epsilon) },
        { [true], [float.MinValue], new F1Optimum(1, 1, 1, double.NegativeInfinity) },
        { [true], [Infinity], new F1Optimum(1, 1, 1, float.MaxValue) },

        // No float lies between: the lower one.
        { [true, false], [MathF.BitIncrement(1), 1f], new F1Optimum(1, 1, 1, 1) },
        { [true, false], [float.Epsilon, 0f], new F1Optimum(1, 1, 1, 0) },
        { [true, false], [Infinity, -Infinity], new F1Optimum(1, 1, 1, double.NegativeInfinity) },
        { [true, false], [Infinity, 5f], new F1Optimum(1, 1, 1, 5) },
        { [true, false], [5f, -Infinity], new F1Optimum(1, 1, 1, double.NegativeInfinity) },

        // The middle of the widest gap does not overflow.
        { [true, false], [float.MaxValue, float.MinValue], new F1Optimum(1, 1, 1, 0) },
        { [true, false], [float.MaxValue, float.MaxValue / 2], new F1Optimum(1, 1, 1, float.MaxValue * 0.75f) },

        // No threshold flags −∞, so nothing is the best there is.
        { [true, true], [-Infinity, -Infinity], new F1Optimum(0, 0, 0, double.NegativeInfinity) },
        { [true, false], [-Infinity, 2f], new F1Optimum(0, 0, 0, 2) },
        { [true, false, true], [-Infinity, -Infinity, 2f], new F1Optimum(2 / 3d, 1, 0.5, double.NegativeInfinity) },
        { [true, false], [-Infinity, Infinity], new F1Optimum(0, 0, 0, double.PositiveInfinity) },
    };

    [Theory, MemberData(nameof(HardThresholds))]
    public void BestF1_has_a_threshold_that_counts_the_same_where_floats_end(bool[] labels, float[] scores, F1Optimum expected)
    {
        F1Optimum best = DetectionMetrics.BestF1(labels, scores);
        ConfusionMatrix counts = ConfusionMatrix.AtThreshold(labels, scores, best.Threshold);
        Assert.Equal(expected, best);
        Assert.Equal(new F1Optimum(counts.F1, counts.Precision, counts.Recall, best.Threshold), best);
    }

    [Fact]
    public void Metrics_of_anomalies_need_no_normal_row()
    {
        bool[] labels = [true, true];
        float[] scores = [1, 2];
        Assert.Equal(1, DetectionMetrics.AveragePrecision(labels, scores));
        Assert.Equal(1, DetectionMetrics.BestF1(labels, scores).F1);
        Assert.Equal(0.5, DetectionMetrics.RecallAtK(labels, scores, 1));
        Assert.Equal([1, 1, 1], DetectionMetrics.PrecisionRecallCurve(labels, scores).Precisions.ToArray());
    }

    [Fact]
    public void Pairs_beyond_32_bits_are_counted()
    {
        // 10¹⁰ pairs; all but one won.
        const int Half = 100_000;
        bool[] labels = new bool[2 * Half];
        float[] scores = new float[2 * Half];
        for (int i = 0; i < Half; i++)
        {
            labels[i] = true;
            scores[i] = Half + i;
            scores[Half + i] = i;
        }

        scores[0] = Half - 1.5f;
        Assert.Equal(1 - (1 / ((double)Half * Half)), DetectionMetrics.RocAuc(labels, scores));
    }
}
