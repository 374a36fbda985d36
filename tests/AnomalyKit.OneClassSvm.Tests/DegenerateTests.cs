namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>What has no region, or no room for one, has an answer all the same.</summary>
public sealed class DegenerateTests
{
    private static readonly SvmKernel[] Kernels = [SvmKernel.Rbf(), SvmKernel.Linear(), SvmKernel.Polynomial(), SvmKernel.Sigmoid()];

    [Fact]
    public void Equal_rows_lie_on_the_boundary()
    {
        foreach (var kernel in Kernels)
        {
            foreach (double nu in (double[])[0.001, 0.3, 1])
            {
                var data = FeatureMatrix.Wrap(Enumerable.Repeat(new[] { 1f, -2f, 3f }, 50).SelectMany(row => row).ToArray(), 3);
                var svm = Fit(data, kernel, nu);
                Assert.True(svm.Converged);
                Assert.All(svm.Score(data), score => Assert.Equal(0, score, 1e-4));
                if (kernel.Kind == SvmKernelKind.Rbf)
                    Assert.True(svm.Score([100f, 100f, 100f]) > 0.9);
            }
        }
    }

    [Fact]
    public void One_row_is_refused_and_two_are_taken()
    {
        var exception = Assert.Throws<ArgumentException>(() => Fit(FeatureMatrix.Wrap(new[] { 1f, 2f }, 2), SvmKernel.Rbf(), 0.5));
        Assert.Contains("at least 2", exception.Message, StringComparison.Ordinal);
        var svm = Fit(FeatureMatrix.Wrap(new[] { 0f, 1f }, 1), SvmKernel.Rbf(1), 0.5);
        Assert.All(svm.Coefficients.ToArray(), coefficient => Assert.Equal(0.5, coefficient, 1e-6));
    }

    [Fact]
    public void With_nu_of_1_all_coefficients_are_1_and_the_innermost_row_is_on_the_boundary()
    {
        var data = Textbook.Rows(1, 100, 3);
        var svm = Fit(data, SvmKernel.Rbf(), 1);
        Assert.All(svm.Coefficients.ToArray(), coefficient => Assert.Equal(1, coefficient));
        Assert.Equal(0, svm.KktViolation);
        Assert.True(svm.Converged);
        float[] scores = svm.Score(data);
        Assert.Equal(0, scores.Min(), 1e-6);
    }

    [Fact]
    public void The_least_nu_leaves_a_sum_far_below_1()
    {
        var data = Textbook.Rows(2, 500, 3);
        foreach (double nu in (double[])[1e-3, 1e-9, double.Epsilon * 1e300])
        {
            var svm = Fit(data, SvmKernel.Rbf(), nu);
            Assert.True(svm.Converged);
            Assert.Equal(nu * 500, svm.Coefficients.ToArray().Sum(), 1e-6 * nu * 500);
            Assert.All(svm.Score(data), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Fact]
    public void Duplicates_end()
    {
        var few = Textbook.Rows(3, 7, 4);
        var data = few.SelectRows([.. Enumerable.Range(0, 4200).Select(i => i % 7)]);
        foreach (var kernel in Kernels)
        {
            foreach (double nu in (double[])[0.001, 0.05, 0.5])
            {
                var svm = Fit(data, kernel, nu);
                Assert.True(svm.Converged, $"{kernel}, nu {nu}");
                double[] gradients = Textbook.Gradients(svm, kernel, data);
                Assert.InRange(Textbook.Violation(svm, gradients), 0, 1e-3 + (1e-5 * gradients.Max(Math.Abs)));
            }
        }
    }

    [Fact]
    public void Cells_of_any_size_end_in_finite_scores()
    {
        float[] cells = [1e30f, -1e30f, 3e38f, -3e38f, 0, 1, 1e-30f, 5, 1e20f, 7];
        foreach (var kernel in Kernels)
        {
            var svm = Fit(FeatureMatrix.Wrap(cells, 2), kernel, 0.5);
            Assert.All(svm.Score(FeatureMatrix.Wrap(cells, 2)), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Theory]
    [InlineData(1e30)]
    [InlineData(1e12)]
    public void Linear_kernels_of_huge_cells_reach_what_rounding_leaves(double size)
    {
        // In few steps: a limit that a fit which cannot tell gradients apart would run into.
        var rows = Textbook.Rows(6, 200, 4);
        float[] cells = [.. Enumerable.Range(0, 800).Select(i => (float)(rows.Cells(i / 4)[i % 4] * size))];
        foreach (double nu in (double[])[0.05, 0.5])
        {
            var svm = new OneClassSvmTrainer
            {
                Nu = nu,
                Kernel = SvmKernel.Linear(),
                MaxIterations = 10_000,
                Scaling = FeatureScaling.None,
                Threshold = ThresholdRule.Fixed(0),
            }.Fit(FeatureMatrix.Wrap(cells, 4));
            Assert.True(svm.Converged, $"nu {nu}: {svm.IterationCount} steps, violation {svm.KktViolation}");
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Fits_whose_numbers_leave_no_digits_end_before_the_limit_of_iterations(double size)
    {
        var random = new Random(1);
        float[] cells = [.. Enumerable.Range(0, 600).Select(_ => (float)(size * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        var svm = new OneClassSvmTrainer
        {
            Nu = 0.1,
            Kernel = SvmKernel.Linear(),
            Scaling = FeatureScaling.None,
            Approximation = new NystroemApproximation { LandmarkCount = 50 },
            Threshold = ThresholdRule.Fixed(0),
        }.Fit(FeatureMatrix.Wrap(cells, 3));
        Assert.InRange(svm.IterationCount, 1, 9_000_000);
        Assert.InRange(svm.KktViolation, 0, 1e-3 * size * size);
    }

    private static OneClassSvmDetector Fit(FeatureMatrix data, SvmKernel kernel, double nu) =>
        new OneClassSvmTrainer { Nu = nu, Kernel = kernel, Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) }.Fit(data);
}
