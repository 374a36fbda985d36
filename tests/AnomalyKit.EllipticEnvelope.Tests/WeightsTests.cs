using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>The envelope of weighted rows is that of the rows repeated as often as their weights say.</summary>
public class WeightsTests
{
    private static readonly EllipticEnvelopeTrainer[] Trainers =
    [
        new(), new() { Reweighted = true }, new() { SupportFraction = 0.5, RandomStarts = 50 }, new() { SupportFraction = 1 }, new() { RandomStarts = 0 },
        new() { Scaling = FeatureScaling.Standard },
    ];

    [Theory]
    [InlineData("Clean")]
    [InlineData("Shifted")]
    [InlineData("Tails")]
    [InlineData("Small")]
    public void Whole_weights_are_repetitions_to_the_bit(string name)
    {
        var data = RecipeData.Named(name);
        double[] weights = Weights(data.RowCount, 4);
        // Scaled columns are summed by weight, which rounds in another way.
        foreach (var trainer in Trainers)
        {
            double tolerance = trainer.Scaling == FeatureScaling.None ? 0 : 1e-5;
            var expected = trainer.FitAndScore(Repeated(data, weights));
            var actual = trainer.FitAndScore(data.WithWeights(weights));
            AssertClose(expected.Detector.Score(data), actual.Detector.Score(data), tolerance);
            Assert.Equal(expected.Detector.Threshold, actual.Detector.Threshold, tolerance * expected.Detector.Threshold);
            Assert.Equal(expected.Detector.LogDeterminant, actual.Detector.LogDeterminant, tolerance);
            Assert.Equal(data.RowCount, actual.Detector.Support.Length);
            Assert.True(actual.Detector.Support.Count(true) == actual.Detector.SupportRows);
        }
    }

    [Fact]
    public void Whitening_by_whole_weights_is_that_of_repeated_rows()
    {
        var data = RecipeData.Named("Shifted");
        double[] weights = Weights(data.RowCount, 3);
        Assert.Equal(new RobustWhitening().Fit(Repeated(data, weights), new FitContext()), new RobustWhitening().Fit(data.WithWeights(weights), new FitContext()));
    }

    [Fact]
    public void Great_whole_weights_are_repetitions_as_far_as_the_search_goes()
    {
        // More copies than are laid out: 450,000 of 4 columns.
        var data = RecipeData.Draw(8, 3000, 4, 7, 9, tails: true);
        double[] weights = [.. Weights(3000, 3).Select(weight => 75 * weight)];
        foreach (var trainer in (EllipticEnvelopeTrainer[])[new() { RandomStarts = 30 }, new() { SupportFraction = 1 }, new() { RandomStarts = 30, Reweighted = true }])
        {
            var expected = trainer.Fit(Repeated(data, weights));
            var actual = trainer.Fit(data.WithWeights(weights));
            Assert.Equal(expected.LogDeterminant, actual.LogDeterminant, 1e-4);
            AssertClose(expected.Score(data), actual.Score(data), 0.01);
            Assert.Equal(expected.Threshold, actual.Threshold, 0.01 * expected.Threshold);
        }
    }

    [Fact]
    public void Parts_of_rows_lie_between_the_whole_numbers()
    {
        var data = RecipeData.Named("Shifted");
        double[] weights = Weights(data.RowCount, 4);
        var trainer = new EllipticEnvelopeTrainer { SupportFraction = 0.75 };
        float[] expected = trainer.Fit(data.WithWeights((double[])[.. weights.Select(weight => 2 * weight)])).Score(data);
        double[] nearly = [.. weights.Select(weight => (2 * weight) + 1e-7)];
        // Fractional weights take another way to about the same subset: few rows without exchanges.
        var found = trainer.Fit(data.WithWeights(nearly));
        AssertClose(expected, found.Score(data), 0.05);
        var halves = trainer.Fit(data.WithWeights((double[])[.. weights.Select(weight => weight / 2)]));
        Assert.True(float.IsFinite(halves.Score(data).Max()));
    }

    [Fact]
    public void All_rows_taken_the_mean_and_covariance_are_weighted_ones()
    {
        var random = new CounterRandom(4);
        var cells = new float[200 * 2];
        var weights = new double[200];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextGaussian() + (i % 2 * 5));
        for (int i = 0; i < weights.Length; i++)
            weights[i] = 0.1 + (3 * random.NextDouble());
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = 1 }.Fit(FeatureMatrix.Wrap(cells, 2).WithWeights(weights));
        double total = weights.Sum();
        double[] mean = [.. Enumerable.Range(0, 2).Select(j => weights.Select((weight, i) => weight * cells[(2 * i) + j]).Sum() / total)];
        Assert.Equal(mean[0], envelope.Location[0], 1e-9);
        Assert.Equal(mean[1], envelope.Location[1], 1e-9);
        double[,] covariance = envelope.Covariance();
        for (int j = 0; j < 2; j++)
        {
            for (int k = 0; k < 2; k++)
            {
                double sum = 0;
                for (int i = 0; i < weights.Length; i++)
                    sum += weights[i] * (cells[(2 * i) + j] - mean[j]) * (cells[(2 * i) + k] - mean[k]);
                Assert.Equal(sum / total, covariance[j, k], 1e-9);
            }
        }
    }

    [Fact]
    public void Awkward_columns_and_weights_give_finite_scores_and_files_that_load()
    {
        float[] cells = [.. Enumerable.Range(0, 60).SelectMany(row => (float[])[row * row % 17, 3, (2 * (row * row % 17)) + 1, row % 5])];
        var data = FeatureMatrix.Wrap(cells, 4);
        foreach (double factor in (double[])[0.3, 1.5, 1e9, 1e200])
        {
            double[] weights = [.. Weights(60, 4).Select((weight, row) => row == 7 ? 1e6 * factor * weight : factor * weight)];
            var envelope = new EllipticEnvelopeTrainer { RandomStarts = 20 }.Fit(data.WithWeights(weights));
            Assert.All(envelope.Score(data), score => Assert.False(float.IsNaN(score)));
            using var file = new MemoryStream();
            envelope.Save(file);
            file.Position = 0;
            Assert.Equal(envelope.Score(data), EllipticEnvelopeDetector.Load(file).Score(data));
        }
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        for (int row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], tolerance * Math.Max(1, expected[row]));
    }

    private static double[] Weights(int rows, int most) => [.. Enumerable.Range(0, rows).Select(row => (double)(1 + (row * 7 % 11 % most)))];

    private static FeatureMatrix Repeated(FeatureMatrix rows, double[] weights) =>
        rows.SelectRows([.. Enumerable.Range(0, rows.RowCount).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))]);
}
