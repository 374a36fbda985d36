using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Scaling;

public class ScalingTests
{
    private static FeatureMatrix Golden { get; } =
        FeatureMatrix.Wrap(Array.ConvertAll(SklearnGolden.Cells, cell => (float)cell), SklearnGolden.Columns);

    [Fact]
    public void Standard_agrees_with_scikit_learn() =>
        AssertGolden(FeatureScaling.Standard, SklearnGolden.StandardCenters, SklearnGolden.StandardScales, SklearnGolden.StandardScaled);

    [Fact]
    public void MinMax_agrees_with_scikit_learn() =>
        AssertGolden(FeatureScaling.MinMax, SklearnGolden.MinMaxCenters, SklearnGolden.MinMaxScales, SklearnGolden.MinMaxScaled);

    [Fact]
    public void Robust_agrees_with_scikit_learn() =>
        AssertGolden(FeatureScaling.Robust, SklearnGolden.RobustCenters, SklearnGolden.RobustScales, SklearnGolden.RobustScaled);

    [Fact]
    public void None_is_the_identity()
    {
        var transform = FeatureScaling.None.Fit(Golden, new FitContext());
        Assert.True(transform.IsIdentity);
        var cells = new float[SklearnGolden.Cells.Length];
        transform.Apply(Golden.ContiguousCells(0), cells);
        Assert.Equal(Golden.ContiguousCells(0).ToArray(), cells);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(-3.3e38f)]
    [InlineData(1e-45f)]
    [InlineData(0f)]
    public void Constant_columns_become_exactly_zero(float constant)
    {
        // 12,345 rows: more than one block of sums.
        var cells = new float[12_345];
        Array.Fill(cells, constant);
        foreach (var scaling in (FeatureScaling[])[FeatureScaling.Standard, FeatureScaling.MinMax, FeatureScaling.Robust])
        {
            var transform = (ColumnScaling)scaling.Fit(FeatureMatrix.Wrap(cells, 1), new FitContext());
            Assert.Equal(1, transform.Scales[0]);
            Assert.Equal(0, transform.Apply(0, constant));
        }
    }

    [Fact]
    public void Means_are_exact_where_float32_sums_would_not_be()
    {
        // 100,000 numbers near 16 million: a float32 sum loses all of their spread.
        var cells = new float[100_000];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = 16_000_000 + (i % 5);
        var transform = (ColumnScaling)FeatureScaling.Standard.Fit(FeatureMatrix.Wrap(cells, 1), new FitContext());
        Assert.Equal(16_000_002, transform.Centers[0]);
        Assert.Equal(Math.Sqrt(2), transform.Scales[0], 1e-12);
    }

    [Property]
    public bool The_vector_kernel_scales_as_the_scalar_one(int seed, byte columns)
    {
        int width = 1 + (columns % 40);
        var random = new Random(seed);
        double[] centers = [.. Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5)];
        double[] scales = [.. Enumerable.Range(0, width).Select(_ => Math.Pow(10, (60 * random.NextDouble()) - 30))];
        var transform = new ColumnScaling(centers, scales);
        float[] rows = [.. Enumerable.Range(0, 3 * width).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, (70 * random.NextDouble()) - 33)))];
        var scaled = new float[rows.Length];
        transform.Apply(rows, scaled);
        return Enumerable.Range(0, rows.Length).All(i =>
            float.IsFinite(scaled[i]) && BitConverter.SingleToInt32Bits(scaled[i]) == BitConverter.SingleToInt32Bits(transform.Apply(i % width, rows[i])));
    }

    [Property]
    public bool Scaling_never_decreases_within_a_column(float a, float b, double center, double scale)
    {
        if (!float.IsFinite(a) || !float.IsFinite(b) || !double.IsFinite(center) || !(Math.Abs(scale) > 1e-300) || !double.IsFinite(scale))
            return true;
        var transform = new ColumnScaling([center], [Math.Abs(scale)]);
        return a <= b ? transform.Apply(0, a) <= transform.Apply(0, b) : transform.Apply(0, a) >= transform.Apply(0, b);
    }

    [Fact]
    public void Centers_and_scales_that_cannot_be_used_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ColumnScaling([], []));
        Assert.Throws<ArgumentException>(() => new ColumnScaling([0], [1, 1]));
        foreach (double bad in (double[])[0, -1, double.NaN, double.PositiveInfinity, 1e-310])
            Assert.Contains("Column 1", Assert.Throws<ArgumentException>(() => new ColumnScaling([0, 0], [1, bad])).Message, StringComparison.Ordinal);
        foreach (double bad in (double[])[double.NaN, double.NegativeInfinity])
            Assert.Throws<ArgumentException>(() => new ColumnScaling([bad], [1]));
    }

    [Fact]
    public void Scalings_of_the_same_numbers_are_equal()
    {
        Assert.Equal(new ColumnScaling([1, 2], [3, 4]), new ColumnScaling([1, 2], [3, 4]));
        Assert.Equal(new ColumnScaling([1, 2], [3, 4]).GetHashCode(), new ColumnScaling([1, 2], [3, 4]).GetHashCode());
        Assert.NotEqual(new ColumnScaling([1, 2], [3, 4]), new ColumnScaling([1, 2], [3, 5]));
        Assert.NotEqual(new ColumnScaling([1, 2], [3, 4]), new ColumnScaling([1, 0], [3, 4]));
    }

    private static void AssertGolden(FeatureScaling scaling, double[] centers, double[] scales, double[] scaled)
    {
        var transform = (ColumnScaling)scaling.Fit(Golden, new FitContext());
        for (int j = 0; j < SklearnGolden.Columns; j++)
        {
            // scikit-learn's means are float64, its quartiles are interpolated in float64.
            Assert.Equal(centers[j], transform.Centers[j], 1e-12 * Math.Max(1, Math.Abs(centers[j])));
            Assert.Equal(scales[j], transform.Scales[j], 1e-9 * scales[j]);
        }

        var cells = new float[scaled.Length];
        transform.Apply(Golden.ContiguousCells(0), cells);
        for (int i = 0; i < cells.Length; i++)
            Assert.Equal(scaled[i], cells[i], 1e-6 * Math.Max(1, Math.Abs(scaled[i])));
    }
}
