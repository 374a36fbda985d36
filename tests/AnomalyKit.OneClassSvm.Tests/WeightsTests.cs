using AnomalyKit.Numerics;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>A row's coefficient may be as great as its weight: the machine is that of the repeated rows.</summary>
public class WeightsTests
{
    private static readonly SvmKernel[] Kernels = [SvmKernel.Rbf(0.5), SvmKernel.Rbf(), SvmKernel.Rbf(KernelGamma.OverColumns), SvmKernel.Polynomial(2, 0.2, 1), SvmKernel.Linear()];

    [Fact]
    public void The_optimum_is_LIBSVMs_with_weights_of_instances()
    {
        var data = FeatureMatrix.Wrap(WeightsGolden.Cells, WeightsGolden.Columns);
        foreach (var (weights, nu, sum, rho, values) in WeightsGolden.Solutions)
        {
            var svm = new OneClassSvmTrainer { Nu = nu, Kernel = SvmKernel.Rbf(0.5), Scaling = FeatureScaling.None, Tolerance = 1e-8 }.Fit(data.WithWeights(weights));
            Assert.True(svm.Converged);
            Assert.Equal(rho, svm.Rho, 1e-5 * rho);
            float[] scores = svm.Score(data);
            for (int row = 0; row < values.Length; row++)
                Assert.Equal(-values[row], scores[row] * sum, 2e-5 * rho);
        }
    }

    [Fact]
    public void Whole_weights_are_repetitions_up_to_the_tolerance()
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            var data = Rows(seed, 150);
            double[] weights = Weights(seed, 150, 4);
            foreach (var kernel in Kernels)
            {
                foreach (double nu in (double[])[1e-4, 0.01, 0.1, 0.5, 1])
                {
                    var trainer = new OneClassSvmTrainer { Nu = nu, Kernel = kernel, Tolerance = 1e-7 };
                    AssertAgree(trainer.Fit(Repeated(data, weights)), trainer.Fit(data.WithWeights(weights)), data, $"seed {seed}, {kernel}, nu {nu}");
                }
            }
        }
    }

    [Fact]
    public void Whole_weights_of_many_rows_are_repetitions_too()
    {
        // More rows than are solved from a start of their own.
        var data = Rows(11, 4500);
        double[] weights = Weights(11, 4500, 3);
        foreach (double nu in (double[])[0.02, 0.4])
        {
            var trainer = new OneClassSvmTrainer { Nu = nu, Kernel = SvmKernel.Rbf(0.5), Tolerance = 1e-6 };
            AssertAgree(trainer.Fit(Repeated(data, weights)), trainer.Fit(data.WithWeights(weights)), data, $"nu {nu}");
        }
    }

    [Fact]
    public void The_scale_of_all_weights_does_not_move_the_boundary()
    {
        var data = Rows(5, 200);
        double[] weights = Weights(5, 200, 4);
        var trainer = new OneClassSvmTrainer { Nu = 0.2, Tolerance = 1e-7, Threshold = ThresholdRule.Fixed(0) };
        float[] expected = trainer.Fit(data.WithWeights(weights)).Score(data);
        foreach (double factor in (double[])[0.02, 0.3, 17, 1e6])
        {
            var svm = trainer.Fit(data.WithWeights((double[])[.. weights.Select(weight => weight * factor)]));
            Assert.True(svm.Converged);
            float[] scores = svm.Score(data);
            for (int row = 0; row < scores.Length; row++)
                Assert.Equal(expected[row], scores[row], 1e-5);
        }
    }

    [Fact]
    public void Landmarks_approximate_the_weighted_machine()
    {
        var data = Rows(2, 200);
        double[] weights = Weights(2, 200, 4);
        var trainer = new OneClassSvmTrainer { Nu = 0.2, Kernel = SvmKernel.Rbf(0.5), Tolerance = 1e-6, Threshold = ThresholdRule.Fixed(0) };
        float[] exact = trainer.Fit(data.WithWeights(weights)).Score(data);
        float[] unweighted = trainer.Fit(data).Score(data);
        var approximate = trainer with { Approximation = new NystroemApproximation { LandmarkCount = 200 } };
        double error = Worst(exact, approximate.Fit(data.WithWeights(weights)).Score(data));
        Assert.InRange(error, 0, 0.1 * Worst(exact, unweighted));
        // Drawn by weight, fewer than there are rows: not much farther from the exact machine than landmarks are without weights.
        var few = trainer with { Approximation = new NystroemApproximation { LandmarkCount = 100 } };
        double usual = Worst(unweighted, few.Fit(data).Score(data));
        Assert.InRange(Worst(exact, few.Fit(data.WithWeights(weights)).Score(data)), 0, 4 * usual);
    }

    private static void AssertAgree(OneClassSvmDetector expected, OneClassSvmDetector actual, FeatureMatrix data, string what)
    {
        float[] right = expected.Score(data);
        float[] found = actual.Score(data);
        double spread = right.Max() - right.Min();
        double worst = Worst(right, found);
        Assert.True(worst <= (2e-4 * spread) + 1e-9, $"{what}: scores of a spread of {spread} differ by {worst}.");
        Assert.True(Math.Abs(expected.Threshold - actual.Threshold) <= (2e-4 * spread) + 1e-9, $"{what}: thresholds {expected.Threshold} and {actual.Threshold}.");
    }

    private static double Worst(float[] one, float[] other) => one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second));

    private static FeatureMatrix Rows(ulong seed, int rows)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * 3];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextGaussian() * (1 + (i % 3)));
        return FeatureMatrix.Wrap(cells, 3);
    }

    private static double[] Weights(ulong seed, int rows, int most)
    {
        var random = new CounterRandom(seed, 1);
        return [.. Enumerable.Range(0, rows).Select(_ => (double)(1 + random.NextInt32(most)))];
    }

    private static FeatureMatrix Repeated(FeatureMatrix rows, double[] weights) =>
        rows.SelectRows([.. Enumerable.Range(0, rows.RowCount).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))]);

    [Fact]
    public void Great_weights_are_repetitions_and_are_kept_in_a_file()
    {
        // Two rows far from each other: each weight is beyond the sum of all coefficients.
        var data = FeatureMatrix.Wrap(new float[] { 0, 5 }, 1);
        double[] weights = [30, 30];
        var trainer = new OneClassSvmTrainer { Nu = 0.05, Kernel = SvmKernel.Rbf(0.5), Scaling = FeatureScaling.None, Tolerance = 1e-9 };
        var svm = trainer.Fit(data.WithWeights(weights));
        Assert.Equal(3, svm.CoefficientSum, 1e-12);
        Assert.Equal([1.5, 1.5], svm.Coefficients.ToArray().Select(alpha => Math.Round(alpha, 6)));
        AssertAgree(trainer.Fit(Repeated(data, weights)), svm, data, "two rows of weight 30");

        foreach (double nu in (double[])[0.01, 0.5])
        {
            var rows = Rows(3, 100);
            var fitted = new OneClassSvmTrainer { Nu = nu, Kernel = SvmKernel.Rbf(0.5) }.Fit(rows.WithWeights(Enumerable.Repeat(5.0, 100).ToArray()));
            var file = new MemoryStream();
            fitted.Save(file);
            file.Position = 0;
            Assert.Equal(fitted.Score(rows), OneClassSvmDetector.Load(file).Score(rows));
        }
    }
}
