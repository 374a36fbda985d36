using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>Landmarks stand for all rows: exactly where they are all rows, nearly where they are many.</summary>
public sealed class ApproximationTests
{
    [Fact]
    public void With_all_rows_for_landmarks_it_is_the_exact_fit_but_for_the_ridge()
    {
        var data = Textbook.Rows(1, 200, 3);
        foreach (var kernel in (SvmKernel[])[SvmKernel.Rbf(0.3), SvmKernel.Polynomial(2, 0.2, 1)])
        {
            var trainer = new OneClassSvmTrainer { Nu = 0.1, Kernel = kernel, Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) };
            var exact = trainer.Fit(data);
            var approximate = (trainer with { Approximation = new NystroemApproximation { LandmarkCount = 200 } }).Fit(data);
            Assert.True(approximate.IsApproximate);
            Assert.False(exact.IsApproximate);
            Assert.Equal(200, approximate.SupportVectorCount);
            Assert.Equal(0, approximate.SupportVectorRows.Length);
            Assert.Equal(exact.Objective, approximate.Objective, 2e-3 * exact.Objective);
            float[] expected = exact.Score(data);
            float[] actual = approximate.Score(data);
            double spread = expected.Max() - (double)expected.Min();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 0.02 * spread);
        }
    }

    [Fact]
    public void Few_landmarks_keep_the_order_of_the_scores()
    {
        var data = Textbook.Rows(2, 6000, 4);
        var trainer = new OneClassSvmTrainer { Nu = 0.1, Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(0) };
        var labels = new bool[data.RowCount];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = i % 10 == 0;
        var approximate = (trainer with { Approximation = new NystroemApproximation { LandmarkCount = 128 } }).Fit(data);
        double exactAuc = DetectionMetrics.RocAuc(labels, trainer.Fit(data).Score(data));
        double approximateAuc = DetectionMetrics.RocAuc(labels, approximate.Score(data));
        Assert.InRange(approximateAuc, exactAuc - 0.02, 1);
        int outside = approximate.Score(data).Count(score => score > 0);
        Assert.InRange(outside, 0.08 * data.RowCount, 0.12 * data.RowCount);
    }

    [Fact]
    public void The_same_seed_gives_the_same_landmarks_at_any_thread_count()
    {
        var data = Textbook.Rows(3, 5000, 4);
        var trainer = new OneClassSvmTrainer { Approximation = new NystroemApproximation { LandmarkCount = 64, Seed = 7 } };
        var one = trainer.Fit(data, new FitOptions { MaxDegreeOfParallelism = 1 });
        var many = trainer.Fit(data, new FitOptions { MaxDegreeOfParallelism = 4 });
        var other = (trainer with { Approximation = new NystroemApproximation { LandmarkCount = 64, Seed = 8 } }).Fit(data);
        Assert.Equal(one.Coefficients.ToArray(), many.Coefficients.ToArray());
        Assert.Equal(one.Rho, many.Rho);
        Assert.NotEqual(one.SupportVectors.ToArray(), other.SupportVectors.ToArray());
    }

    [Fact]
    public void Choosing_landmarks_looks_at_the_token()
    {
        var points = ScaledPoints.Allocate(50, 2);
        Assert.Throws<OperationCanceledException>(() => NystroemFeatures.Choose(
            new NystroemApproximation(), new KernelFunction(SvmKernelKind.Rbf, 1, 3, 0), KernelEngines.Resolve(), points, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Landmarks_out_of_range_are_refused()
    {
        foreach (int landmarks in (int[])[0, 1, 8193])
            Assert.Throws<ArgumentOutOfRangeException>("LandmarkCount", () => new NystroemApproximation { LandmarkCount = landmarks });
    }
}
