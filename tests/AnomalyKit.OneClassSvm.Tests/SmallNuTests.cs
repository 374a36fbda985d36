using AnomalyKit.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>Where νn is at most 1, no coefficient needs its upper bound: all solutions are multiples of one, and scores do not depend on ν.</summary>
public sealed class SmallNuTests
{
    private const int Rows = 2000;

    private static readonly SvmKernel[] Kernels = [SvmKernel.Rbf(3.0), SvmKernel.Rbf(), SvmKernel.Linear(), SvmKernel.Polynomial(3, 0.2, 1), SvmKernel.Sigmoid(0.05, 0.1)];

    /// <summary>ν from νn = 1 down to the least number there is.</summary>
    private static readonly double[] SmallNus = [1.0 / Rows, 3e-4, 1e-5, 1e-7, 1e-8, 1e-10, 1e-200, double.Epsilon];

    [Fact]
    public void No_row_lies_outside_by_more_than_the_tolerance()
    {
        var data = Uniform(5, Rows, 4);
        foreach (double nu in SmallNus)
        {
            var svm = Trainer(nu, SvmKernel.Rbf(3)).Fit(data);
            float[] scores = svm.Score(data);
            Assert.True(svm.Converged, $"nu {nu}");
            Assert.InRange(scores.Count(score => score > 0), 0, 20);
            Assert.InRange(scores.Max(), 0, 4e-5);
            Assert.InRange(svm.SupportVectorCount, 30, 50);
            Assert.InRange(svm.KktViolation, 0, 1e-3 * svm.Rho);
        }
    }

    [Fact]
    public void Solutions_are_multiples_of_each_other()
    {
        var data = Uniform(6, Rows, 4);
        foreach (var kernel in Kernels)
        {
            var one = Trainer(SmallNus[0], kernel).Fit(data);
            foreach (double nu in SmallNus[1..^2])
                AssertMultiple(one, Trainer(nu, kernel).Fit(data), data, $"{kernel}, nu {nu}");
        }
    }

    [Fact]
    public void Scores_are_the_same_where_the_coefficients_underflow()
    {
        var data = Uniform(7, 300, 4);
        foreach (var kernel in Kernels)
        {
            float[] expected = Trainer(1e-3, kernel).Fit(data).Score(data);
            foreach (double nu in SmallNus[^2..])
                Assert.Equal(expected, Trainer(nu, kernel).Fit(data).Score(data));
        }
    }

    [Fact]
    public void The_approximation_is_a_multiple_too()
    {
        var data = Uniform(8, Rows, 4);
        foreach (var kernel in Kernels)
        {
            var trainer = Trainer(SmallNus[0], kernel) with { Approximation = new NystroemApproximation { LandmarkCount = 50 } };
            var one = trainer.Fit(data);
            foreach (double nu in (double[])[1e-5, 1e-8, 1e-200])
                AssertMultiple(one, (trainer with { Nu = nu }).Fit(data), data, $"{kernel}, nu {nu}");
        }
    }

    [Property(MaxTest = 40)]
    public Property Any_two_solutions_are_multiples() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new CounterRandom((ulong)seed);
            int rows = 2 + random.NextInt32(400);
            var data = Textbook.Rows((ulong)seed, rows, 1 + random.NextInt32(8));
            var kernel = Kernels[random.NextInt32(Kernels.Length)];
            double nu = random.NextDouble() / rows;
            double other = Math.Pow(10, -12 * random.NextDouble()) / rows;
            AssertMultiple(Trainer(nu, kernel).Fit(data), Trainer(other, kernel).Fit(data), data, $"{kernel}, nu {nu} and {other}, {data}");
        });

    [Fact]
    public void With_one_support_vector_the_boundary_runs_through_it()
    {
        // x · 1 is at least 1 for all of them: the first row is all that counts.
        var data = FeatureMatrix.Wrap(new float[] { 1, 2, 3, 4 }, 1);
        foreach (double nu in (double[])[0.25, 0.2, 1e-9])
        {
            var svm = Trainer(nu, SvmKernel.Linear()).Fit(data);
            Assert.Equal([0], svm.SupportVectorRows.ToArray());
            Assert.Equal(4 * nu, svm.Rho, 1e-12 * nu);
            Assert.Equal([0f, -1f, -2f, -3f], svm.Score(data));
        }
    }

    [Fact]
    public void Files_keep_scores_and_coefficients()
    {
        var data = Uniform(9, 500, 3);
        foreach (double nu in (double[])[1e-3, 1e-9])
        {
            var svm = Trainer(nu, SvmKernel.Rbf(3)).Fit(data);
            using var file = new MemoryStream();
            svm.Save(file);
            file.Position = 0;
            var loaded = OneClassSvmDetector.Load(file);
            Assert.Equal(svm.Score(data), loaded.Score(data));
            Assert.Equal(svm.Coefficients.ToArray(), loaded.Coefficients.ToArray());
            Assert.Equal((svm.CoefficientSum, svm.Rho, svm.Objective, svm.KktViolation), (loaded.CoefficientSum, loaded.Rho, loaded.Objective, loaded.KktViolation));
            Assert.Equal(nu * 500, loaded.CoefficientSum, 1e-15 * nu * 500);
        }
    }

    [Fact]
    public void Small_kernel_values_are_solved_as_others_are()
    {
        // Powers of two change no digit: neither may the solution.
        foreach (var (kernel, degree) in ((SvmKernel, int)[])[(SvmKernel.Linear(), 1), (SvmKernel.Polynomial(2, 1), 2)])
        {
            foreach (double nu in (double[])[1e-6, 0.05, 0.5])
            {
                OneClassSvmDetector? expected = null;
                foreach (int power in (int[])[-10, -14, -20, -25])
                {
                    var svm = Trainer(nu, kernel).Fit(Uniform(5, Rows, 4, MathF.ScaleB(1, power), 0.2f));
                    Assert.True(svm.Converged);
                    expected ??= svm;
                    Assert.Equal(expected.Coefficients.ToArray(), svm.Coefficients.ToArray());
                    Assert.Equal(expected.Rho, Math.ScaleB(svm.Rho, 2 * degree * (-10 - power)));
                }
            }
        }
    }

    private static void AssertMultiple(OneClassSvmDetector expected, OneClassSvmDetector actual, FeatureMatrix data, string name)
    {
        double factor = actual.CoefficientSum / expected.CoefficientSum;
        Assert.Equal(expected.SupportVectorRows.ToArray(), actual.SupportVectorRows.ToArray());
        Assert.Equal(expected.SupportVectors.ToArray(), actual.SupportVectors.ToArray());
        for (int i = 0; i < expected.SupportVectorCount; i++)
            AssertClose(expected.Coefficients[i] * factor, actual.Coefficients[i], name);
        AssertClose(expected.Rho * factor, actual.Rho, name);
        AssertClose(expected.KktViolation * factor, actual.KktViolation, name);
        Assert.True(expected.Converged && actual.Converged, name);
        Assert.Equal(expected.Score(data), actual.Score(data));
    }

    private static void AssertClose(double expected, double actual, string name) =>
        Assert.True(Math.Abs(expected - actual) <= 4e-16 * Math.Abs(expected), $"{name}: {actual} instead of {expected}");

    private static FeatureMatrix Uniform(ulong seed, int rows, int columns, float factor = 1, float least = 0)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = factor * ((float)random.NextDouble() + least);
        return FeatureMatrix.Wrap(cells, columns);
    }

    private static OneClassSvmTrainer Trainer(double nu, SvmKernel kernel) =>
        new() { Nu = nu, Kernel = kernel, Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) };
}
