namespace AnomalyKit.IsolationForest.Tests;

/// <summary>A row of weight w is drawn like w copies of it.</summary>
public class WeightsTests
{
    private static FeatureMatrix Rows => FeatureMatrix.Wrap(WeightsGolden.Cells, WeightsGolden.Columns);

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(256)]
    public void Whole_weights_grow_the_forest_of_rows_repeated_in_place_to_the_bit(int sampleSize)
    {
        var trainer = new IsolationForestTrainer { TreeCount = 50, SampleSize = sampleSize, Seed = 3 };
        var expected = trainer.FitAndScore(Repeated(Rows, WeightsGolden.Weights));
        var actual = trainer.FitAndScore(Rows.WithWeights(WeightsGolden.Weights));
        Assert.Equal(expected.Detector.Score(Rows), actual.Detector.Score(Rows));
        Assert.Equal(expected.Detector.Threshold, actual.Detector.Threshold);
        Assert.Equal(expected.Detector.ThresholdOrigin, actual.Detector.ThresholdOrigin);
    }

    [Fact]
    public void Scores_are_those_of_scikit_learn_on_repeated_rows()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 5000, SampleSize = WeightsGolden.SampleSize, Threshold = ThresholdRule.Fixed(0.5) };
        float[] weighted = trainer.Fit(Rows.WithWeights(WeightsGolden.Weights)).Score(Rows);
        float[] unweighted = trainer.Fit(Rows).Score(Rows);
        double far = 0;
        for (int row = 0; row < weighted.Length; row++)
        {
            Assert.Equal(WeightsGolden.Scores[row], weighted[row], 0.006);
            far = Math.Max(far, Math.Abs(WeightsGolden.Scores[row] - unweighted[row]));
        }

        // The tolerance tells weights from none.
        Assert.True(far > 0.02, $"Without weights scores are off by {far} at most.");
    }

    [Fact]
    public void Parts_of_rows_count_in_proportion()
    {
        // Samples are small beside the rows, so that doubled weights draw alike.
        float[] cells = [.. Enumerable.Range(0, 2000).Select(row => ((row * 7919L) % 2003) / 100f * (row % 3 == 0 ? -0.2f : 1))];
        double[] parts = [.. Enumerable.Range(0, 2000).Select(row => (row % 4 * 0.5) + (row % 3 == 0 ? 3.5 : 0.5))];
        var data = FeatureMatrix.Wrap(cells, 1);
        var trainer = new IsolationForestTrainer { TreeCount = 4000, SampleSize = 32, Threshold = ThresholdRule.Fixed(0.5) };
        float[] expected = trainer.Fit(data.WithWeights((double[])[.. parts.Select(weight => 2 * weight)])).Score(data);
        float[] actual = (trainer with { Seed = 9 }).Fit(data.WithWeights(parts)).Score(data);
        float[] unweighted = trainer.Fit(data).Score(data);
        double far = 0;
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row], actual[row], 0.01);
            far = Math.Max(far, Math.Abs(expected[row] - unweighted[row]));
        }

        Assert.True(far > 0.02, $"Without weights scores are off by {far} at most.");
    }

    [Fact]
    public void Rows_in_turn_that_count_half_are_not_drawn_in_step()
    {
        // Two groups, row by row in turn: a tree must see both of them.
        var data = FeatureMatrix.Wrap((float[])[.. Enumerable.Range(0, 400).Select(row => (row % 2 * 100) + (row * 31 % 400 / 400f))], 1);
        var trainer = new IsolationForestTrainer { TreeCount = 4000, SampleSize = 64, Threshold = ThresholdRule.Fixed(0.5) };
        float[] expected = trainer.Fit(data).Score(data);
        float[] actual = trainer.Fit(data.WithWeights((double[])[.. Enumerable.Repeat(0.5, 400)])).Score(data);
        for (int row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], 0.01);
    }

    [Fact]
    public void A_sample_is_no_larger_than_the_sum_of_the_weights()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 5 };
        double[] one = [.. Enumerable.Repeat(1.0, 50)];
        one[3] = 0;
        Assert.Equal(49, trainer.Fit(Rows.WithWeights(one)).SampleSize);
        Assert.Equal(100, trainer.Fit(Rows.WithWeights((double[])[.. Enumerable.Repeat(2.0, 50)])).SampleSize);
        Assert.Equal(12, trainer.Fit(Rows.WithWeights((double[])[.. Enumerable.Repeat(0.25, 50)])).SampleSize);
        Assert.Equal(256, trainer.Fit(Rows.WithWeights((double[])[.. Enumerable.Repeat(1e12, 50)])).SampleSize);
    }

    private static FeatureMatrix Repeated(FeatureMatrix rows, double[] weights) =>
        rows.SelectRows([.. Enumerable.Range(0, rows.RowCount).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))]);
}
