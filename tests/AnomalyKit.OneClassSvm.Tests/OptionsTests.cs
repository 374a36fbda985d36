namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>Options are checked where they are set, and mean what they say.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void Values_out_of_range_are_refused_by_name()
    {
        foreach (double nu in (double[])[0, -0.1, 1.0001, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>("Nu", () => new OneClassSvmTrainer { Nu = nu });
        foreach (double tolerance in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>("Tolerance", () => new OneClassSvmTrainer { Tolerance = tolerance });
        Assert.Throws<ArgumentOutOfRangeException>("MaxIterations", () => new OneClassSvmTrainer { MaxIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("CacheBytes", () => new OneClassSvmTrainer { CacheBytes = -1 });
        Assert.Throws<ArgumentNullException>(() => new OneClassSvmTrainer { Kernel = null! });
        foreach (double gamma in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>("gamma", () => SvmKernel.Rbf(gamma));
        foreach (int degree in (int[])[0, -1, 101])
            Assert.Throws<ArgumentOutOfRangeException>("degree", () => SvmKernel.Polynomial(degree));
        foreach (double coef0 in (double[])[double.NaN, double.PositiveInfinity, 1e300])
            Assert.Throws<ArgumentOutOfRangeException>("coef0", () => SvmKernel.Sigmoid(coef0: coef0));
    }

    [Fact]
    public void More_cells_than_fit_one_array_are_refused()
    {
        // The same memory over and over: 2,200 blocks of a million cells.
        var block = new float[1_000_000];
        var data = FeatureMatrix.WrapBlocks([.. Enumerable.Repeat(new ReadOnlyMemory<float>(block), 2200)], FeatureSchema.Unnamed(10));
        var error = Assert.Throws<ArgumentException>("data", () => new OneClassSvmTrainer().Fit(data));
        Assert.StartsWith("The data has 220000000 rows of 10 columns", error.Message, StringComparison.Ordinal);
        Assert.Contains("Fit fewer rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gamma_is_found_as_its_rule_says()
    {
        var data = FeatureMatrix.Wrap(new float[] { 1, 10, 3, 20, 5, 60, 7, 80 }, 2);
        double[] cells = [1, 10, 3, 20, 5, 60, 7, 80];
        double mean = cells.Average();
        double variance = cells.Average(cell => (cell - mean) * (cell - mean));
        Assert.Equal(0.5, Gamma(data, KernelGamma.OverColumns));
        Assert.Equal(1 / (2 * variance), Gamma(data, KernelGamma.OverVariance), 1e-12);
        Assert.Equal(0.25, Gamma(data, 0.25));
        // Squared distances of pairs: 104, 404, 1604, 2516, 3604, 4936, each drawn about as often.
        Assert.InRange(1 / Gamma(data, KernelGamma.MedianHeuristic), 1603, 2517);
        Assert.Equal(0.5, Gamma(FeatureMatrix.Wrap(new float[] { 1, 1, 1, 1 }, 2), KernelGamma.OverVariance));
        Assert.Equal(0.5, Gamma(FeatureMatrix.Wrap(new float[] { 1, 1, 1, 1 }, 2), KernelGamma.MedianHeuristic));
    }

    [Fact]
    public void Kernels_of_equal_parameters_are_equal_and_print_them()
    {
        Assert.Equal(SvmKernel.Polynomial(2, 0.5, 1), SvmKernel.Polynomial(2, KernelGamma.Fixed(0.5), 1));
        Assert.NotEqual(SvmKernel.Rbf(1), SvmKernel.Rbf(2));
        Assert.Equal("rbf, gamma 1 / columns", SvmKernel.Rbf(KernelGamma.OverColumns).ToString());
        Assert.Equal("polynomial of degree 2, gamma 0.5, coef0 1", SvmKernel.Polynomial(2, 0.5, 1).ToString());
    }

    [Fact]
    public void The_detector_tells_its_kernel_with_the_gamma_that_was_found()
    {
        var data = Textbook.Rows(1, 60, 4);
        foreach (var kernel in (SvmKernel[])[SvmKernel.Rbf(0.5), SvmKernel.Linear(), SvmKernel.Polynomial(2, 0.25, 1), SvmKernel.Sigmoid(0.125, 0.5)])
            Assert.Equal(kernel, new OneClassSvmTrainer { Kernel = kernel, Threshold = ThresholdRule.Fixed(0) }.Fit(data).Kernel);
        Assert.Equal(SvmKernel.Rbf(0.25), new OneClassSvmTrainer { Kernel = SvmKernel.Rbf(KernelGamma.OverColumns), Threshold = ThresholdRule.Fixed(0) }.Fit(data).Kernel);
    }

    private static double Gamma(FeatureMatrix data, KernelGamma gamma) =>
        new OneClassSvmTrainer { Kernel = SvmKernel.Rbf(gamma), Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) }.Fit(data).Gamma;
}
