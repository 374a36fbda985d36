using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.OneClassSvm.Solver;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>What is found is the optimum: the conditions of Karush, Kuhn and Tucker hold over all rows, by kernels in double.</summary>
public sealed class OptimumTests
{
    private static readonly SvmKernel[] Kernels =
    [
        SvmKernel.Rbf(), SvmKernel.Rbf(3.0), SvmKernel.Rbf(KernelGamma.MedianHeuristic), SvmKernel.Linear(), SvmKernel.Polynomial(3, 0.2, 1),
        SvmKernel.Polynomial(2), SvmKernel.Sigmoid(0.05, 0.1),
    ];

    [Property(MaxTest = 40)]
    public Property The_optimality_conditions_hold_over_all_rows() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Numerics.CounterRandom((ulong)seed);
            var data = Textbook.Rows((ulong)seed, 2 + random.NextInt32(400), 1 + random.NextInt32(12));
            var kernel = Kernels[random.NextInt32(Kernels.Length)];
            double nu = new[] { 0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 1 }[random.NextInt32(7)];
            var svm = Fit(data, kernel, nu);
            double[] gradients = Textbook.Gradients(svm, kernel, data);
            double scale = 1 + gradients.Max(Math.Abs);
            Assert.True(svm.Converged);
            Assert.InRange(svm.KktViolation, 0, 1e-3);
            Assert.True(Textbook.Violation(svm, gradients) <= 1e-3 + (1e-5 * scale), $"{kernel}, nu {nu}, {data}: {Textbook.Violation(svm, gradients)}");
            Assert.Equal(nu * data.RowCount, svm.CoefficientSum, 1e-9);
            Assert.Equal(svm.CoefficientSum, svm.Coefficients.ToArray().Sum(), 1e-6 * svm.CoefficientSum);
            foreach (double coefficient in svm.Coefficients)
                Assert.True(coefficient is > 0 and <= 1);
            // Kernels are float32: sums of terms of both signs lose more than one part in 10⁵ at times (1.25e-5 for the seed 794061792).
            Assert.Equal(Textbook.Objective(svm, gradients), svm.Objective, 3e-5 * (1 + Math.Abs(svm.Objective)));
        });

    [Property(MaxTest = 20)]
    public Property The_score_is_the_distance_to_the_boundary_over_the_coefficients_sum() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var data = Textbook.Rows((ulong)seed, 200, 4);
            var kernel = Kernels[seed % Kernels.Length];
            var svm = Fit(data, kernel, 0.1);
            var probes = Textbook.Rows((ulong)seed + 1, 30, 4);
            double[] sums = Textbook.Gradients(svm, kernel, probes);
            float[] scores = svm.Score(probes);
            for (int i = 0; i < scores.Length; i++)
            {
                double expected = (svm.Rho - sums[i]) / svm.CoefficientSum;
                Assert.Equal(expected, scores[i], 2e-5 * (1 + Math.Abs(sums[i] / svm.CoefficientSum)));
            }
        });

    [Fact]
    public void Nu_bounds_the_share_of_rows_outside_and_of_support_vectors()
    {
        var data = Textbook.Rows(1, 2000, 5);
        foreach (double nu in (double[])[0.01, 0.05, 0.2, 0.5])
        {
            var svm = Fit(data, SvmKernel.Rbf(), nu);
            int outside = svm.Score(data).Count(score => score > 1e-3 / svm.CoefficientSum);
            Assert.True(outside <= nu * data.RowCount + 1, $"nu {nu}: {outside} outside");
            Assert.True(svm.SupportVectorCount >= nu * data.RowCount, $"nu {nu}: {svm.SupportVectorCount} support vectors");
        }
    }

    [Theory]
    [InlineData(0.05, 0.2)]
    [InlineData(0.001, 0.2)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.05, 5)]
    public void Many_rows_start_from_the_solution_of_a_part_and_end_at_the_optimum(double nu, double gamma)
    {
        var data = Textbook.Rows(3, 9000, 3);
        var kernel = SvmKernel.Rbf(gamma);
        var svm = Fit(data, kernel, nu);
        Assert.True(svm.Converged);
        Assert.InRange(Textbook.Violation(svm, Textbook.Gradients(svm, kernel, data)), 0, 1e-3 + (1e-6 * svm.CoefficientSum));
    }

    [Fact]
    public void The_cache_changes_nothing()
    {
        var data = Textbook.Rows(4, 6000, 4);
        var trainer = new OneClassSvmTrainer { Nu = 0.3, Kernel = SvmKernel.Rbf(2), Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) };
        var expected = trainer.Fit(data);
        foreach (long bytes in (long[])[0, 100_000, 3_000_000])
        {
            var svm = (trainer with { CacheBytes = bytes }).Fit(data);
            Assert.Equal(expected.Coefficients.ToArray(), svm.Coefficients.ToArray());
            Assert.Equal(expected.Rho, svm.Rho);
        }
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(6000)]
    public void A_limit_of_iterations_ends_the_fit_and_says_so(int rows)
    {
        var data = Textbook.Rows(5, rows, 4);
        var svm = new OneClassSvmTrainer { Nu = 0.3, Kernel = SvmKernel.Rbf(2), MaxIterations = 5, Scaling = FeatureScaling.None }.Fit(data);
        Assert.False(svm.Converged);
        Assert.True(svm.KktViolation > 1e-3);
        Assert.InRange(svm.IterationCount, 1, 5);
        Assert.All(svm.Score(data), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Steps_of_the_start_count_too()
    {
        // 8,000 rows start from the solution of a thousand of them: a limit of as many steps as that one takes leaves none for all rows.
        var data = Textbook.Rows(7, 8000, 8);
        var function = new KernelFunction(SvmKernelKind.Rbf, 0.05, 3, 0);
        var points = ScaledPoints.Allocate(8000, 8);
        for (int row = 0; row < points.Count; row++)
            function.ScaleRow(data.Cells(row), new double[8], points.Rows(row, 1));
        points.SetHalfNorms(function, 0, points.Count);
        var options = new SolverOptions(function, KernelEngines.Resolve(), new FitContext()) { Tolerance = 1e-3, CacheBytes = 1 << 24, MaxSteps = long.MaxValue };
        long partSteps = DualSolver.Solve(DualSolver.OptionsOfPart(options), points.Gather(DualSolver.PartOf(8000)), 50).Steps;
        Assert.True(partSteps > 0);
        var limited = DualSolver.Solve(options with { MaxSteps = partSteps }, points, 400);
        Assert.False(limited.Converged);
        Assert.Equal(partSteps, limited.Steps);
        var whole = DualSolver.Solve(options, points, 400);
        Assert.True(whole.Converged);
        Assert.True(whole.Steps > partSteps);
    }

    private static OneClassSvmDetector Fit(FeatureMatrix data, SvmKernel kernel, double nu) =>
        new OneClassSvmTrainer { Nu = nu, Kernel = kernel, Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) }.Fit(data);
}
