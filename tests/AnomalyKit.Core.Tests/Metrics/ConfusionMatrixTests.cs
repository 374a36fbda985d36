using System.Globalization;

namespace AnomalyKit.Core.Tests.Metrics;

public class ConfusionMatrixTests
{
    private static readonly bool[] Labels = [true, false, true, false];

    public static TheoryData<int> FlagCases => [.. Enumerable.Range(0, SklearnGolden.Flags.Length)];

    [Theory, MemberData(nameof(FlagCases))]
    public void FromPredictions_equals_scikit_learn_with_zero_division_0(int index)
    {
        (bool[] labels, bool[] flags, ConfusionGolden expected) = SklearnGolden.Flags[index];
        Compare(expected, ConfusionMatrix.FromPredictions(labels, flags));
    }

    [Fact]
    public void No_rows_counted_give_zeros_and_no_NaN() =>
        Compare(new ConfusionGolden(0, 0, 0, 0, new double[12]), default);

    [Fact]
    public void AtThreshold_flags_above_not_at_the_threshold()
    {
        ConfusionMatrix counts = ConfusionMatrix.AtThreshold(Labels, [1f, 1f, 2f, 0f], 1);
        Assert.Equal(new ConfusionMatrix(2, 0, 1, 1), counts);
    }

    [Fact]
    public void AtThreshold_compares_in_double()
    {
        // 0.1f is a little above 0.1.
        Assert.Equal(1, ConfusionMatrix.AtThreshold([true], [0.1f], 0.1).TruePositives);
        Assert.Equal(0, ConfusionMatrix.AtThreshold([true], [0.1f], 0.1f).TruePositives);
    }

    [Fact]
    public void AtThreshold_takes_infinities()
    {
        float[] scores = [float.PositiveInfinity, float.NegativeInfinity, 0, 1];
        Assert.Equal(new ConfusionMatrix(2, 0, 2, 0), ConfusionMatrix.AtThreshold(Labels, scores, double.PositiveInfinity));
        Assert.Equal(new ConfusionMatrix(1, 1, 0, 2), ConfusionMatrix.AtThreshold(Labels, scores, double.NegativeInfinity));
    }

    [Fact]
    public void Large_counts_neither_overflow_nor_lose_the_correlation()
    {
        const long Quarter = long.MaxValue / 4;
        var counts = new ConfusionMatrix(Quarter, Quarter, Quarter, Quarter);
        Assert.Equal(4 * Quarter, counts.Total);
        Assert.Equal(0, counts.MatthewsCorrelation);
        Assert.Equal(0.5, counts.F1);
        Assert.Equal(1, new ConfusionMatrix(Quarter, 0, 0, Quarter).MatthewsCorrelation);
        Assert.Equal(-1, new ConfusionMatrix(0, Quarter, Quarter, 0).MatthewsCorrelation);
    }

    [Theory]
    [InlineData(-1, 0, 0, 0, "trueNegatives")]
    [InlineData(0, -1, 0, 0, "falsePositives")]
    [InlineData(0, 0, -1, 0, "falseNegatives")]
    [InlineData(0, 0, 0, -1, "truePositives")]
    [InlineData(0, 0, 0, long.MaxValue, "truePositives")]
    public void Counts_that_are_none_are_refused(long tn, long fp, long fn, long tp, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(tn, fp, fn, tp));
        Assert.Equal(name, error.ParamName);
    }

    [Fact]
    public void Matrices_and_optima_are_equal_where_every_number_is()
    {
        var counts = new ConfusionMatrix(1, 2, 3, 4);
        Assert.Equal(new ConfusionMatrix(1, 2, 3, 4), counts);
        Assert.Equal(new ConfusionMatrix(1, 2, 3, 4).GetHashCode(), counts.GetHashCode());
        foreach (var other in (ConfusionMatrix[])[new(0, 2, 3, 4), new(1, 0, 3, 4), new(1, 2, 0, 4), new(1, 2, 3, 0)])
            Assert.True(counts != other);
        var optimum = new F1Optimum(0.5, 0.25, 0.75, 3);
        Assert.Equal((0.5, 0.25, 0.75, 3), (optimum.F1, optimum.Precision, optimum.Recall, optimum.Threshold));
        foreach (var other in (F1Optimum[])[new(0, 0.25, 0.75, 3), new(0.5, 0, 0.75, 3), new(0.5, 0.25, 0, 3), new(0.5, 0.25, 0.75, 0)])
            Assert.True(optimum != other);
    }

    [Fact]
    public void Bad_rows_are_refused()
    {
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => ConfusionMatrix.FromPredictions([], [])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => ConfusionMatrix.AtThreshold([], [], 0)).ParamName);

        var predictions = Assert.Throws<ArgumentException>(() => ConfusionMatrix.FromPredictions([true], [true, false]));
        Assert.Equal("predictions", predictions.ParamName);
        Assert.Contains("1 labels for 2 predictions", predictions.Message, StringComparison.Ordinal);

        var scores = Assert.Throws<ArgumentException>(() => ConfusionMatrix.AtThreshold([true], [1f, 2f], 0));
        Assert.Equal("scores", scores.ParamName);

        var nan = Assert.Throws<ArgumentException>(() => ConfusionMatrix.AtThreshold([true, false], [1f, float.NaN], 0));
        Assert.Equal("scores", nan.ParamName);
        Assert.Contains("Score 1 is NaN", nan.Message, StringComparison.Ordinal);

        Assert.Equal(
            "threshold", Assert.Throws<ArgumentException>(() => ConfusionMatrix.AtThreshold([true], [1f], double.NaN)).ParamName);
    }

    [Fact]
    public void ToString_ignores_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(
                "TN 90, FP 2, FN 3, TP 5 (precision 0.7143, recall 0.6250, F1 0.6667)", new ConfusionMatrix(90, 2, 3, 5).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    internal static void Compare(ConfusionGolden expected, ConfusionMatrix actual)
    {
        Assert.Equal(
            (expected.TrueNegatives, expected.FalsePositives, expected.FalseNegatives, expected.TruePositives),
            (actual.TrueNegatives, actual.FalsePositives, actual.FalseNegatives, actual.TruePositives));

        (string Name, double Value)[] measures =
        [
            ("precision", actual.Precision),
            ("recall", actual.Recall),
            ("F1", actual.F1),
            ("normal precision", actual.NormalPrecision),
            ("normal recall", actual.NormalRecall),
            ("normal F1", actual.NormalF1),
            ("macro F1", actual.MacroF1),
            ("weighted F1", actual.WeightedF1),
            ("accuracy", actual.Accuracy),
            ("balanced accuracy", actual.BalancedAccuracy),
            ("false positive rate", actual.FalsePositiveRate),
            ("Matthews correlation", actual.MatthewsCorrelation),
        ];
        Assert.Equal(expected.Measures.Length, measures.Length);
        for (int i = 0; i < measures.Length; i++)
            Close.Equal(expected.Measures[i], measures[i].Value, measures[i].Name);
    }
}
