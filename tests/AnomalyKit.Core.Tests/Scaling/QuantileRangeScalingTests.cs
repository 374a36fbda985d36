namespace AnomalyKit.Core.Tests.Scaling;

public class QuantileRangeScalingTests
{
    private static ColumnScaling Fit(FeatureScaling scaling, params float[] column) => (ColumnScaling)scaling.Fit(FeatureMatrix.Wrap(column, 1), new FitContext());

    [Fact]
    public void The_range_lies_between_the_quantiles()
    {
        // 0 … 100: quantiles are whole numbers.
        float[] column = [.. Enumerable.Range(0, 101).Select(value => (float)value)];
        var scaled = Fit(FeatureScaling.QuantileRange(0.1), column);
        Assert.Equal(50, scaled.Centers[0]);
        Assert.Equal(80, scaled.Scales[0], 1e-12);
        Assert.Equal(Fit(FeatureScaling.Robust, column), Fit(FeatureScaling.QuantileRange(0.25), column));
        Assert.Equal(90, Fit(FeatureScaling.QuantileRange(), column).Scales[0], 1e-12);
    }

    [Fact]
    public void A_column_of_which_few_rows_differ_is_scaled_by_its_whole_range()
    {
        float[] column = [1, .. Enumerable.Repeat(2f, 98), 1_002];
        Assert.Equal(1_001, Fit(FeatureScaling.QuantileRange(), column).Scales[0]);
        Assert.Equal(1, Fit(FeatureScaling.Robust, column).Scales[0]);
        Assert.Equal(1, Fit(FeatureScaling.QuantileRange(), 5, 5, 5).Scales[0]);
        Assert.Equal(6e38, Fit(FeatureScaling.QuantileRange(), [-3e38f, .. Enumerable.Repeat(0f, 98), 3e38f]).Scales[0], 1e32);
    }

    [Fact]
    public void Whole_weights_scale_as_repeated_rows()
    {
        var weighted = FeatureMatrix.Wrap(new float[] { 1, 2, 3, 10, 40 }, 1).WithWeights(new double[] { 3, 1, 7, 2, 1 });
        float[] repeated = [1, 1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 10, 10, 40];
        var scaled = (ColumnScaling)FeatureScaling.QuantileRange(0.1).Fit(weighted, new FitContext());
        Assert.Equal(Fit(FeatureScaling.QuantileRange(0.1), repeated).Scales[0], scaled.Scales[0], 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void Tails_lie_above_zero_and_below_a_half(double tail) =>
        Assert.Contains("must be above 0 and below 0.5", Assert.Throws<ArgumentOutOfRangeException>(() => FeatureScaling.QuantileRange(tail)).Message, StringComparison.Ordinal);

    [Fact]
    public void It_is_written_and_read_back()
    {
        Assert.Equal("quantile-range:0.15", FeatureScaling.QuantileRange(0.15).ToText());
        Assert.Equal(FeatureScaling.QuantileRange(0.15), FeatureScaling.Parse("QuantileRange:0.15"));
        Assert.Equal(FeatureScaling.QuantileRange(), FeatureScaling.Parse("quantile-range"));
        Assert.NotEqual(FeatureScaling.QuantileRange(0.15), FeatureScaling.QuantileRange(0.1));
        Assert.Throws<FormatException>(() => FeatureScaling.Parse("quantile-range:0.7"));
    }
}
