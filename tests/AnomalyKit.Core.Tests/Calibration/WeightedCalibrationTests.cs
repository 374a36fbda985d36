using AnomalyKit.Core.Tests.Thresholds;
using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>A calibration of weighted scores is that of the scores repeated as often as the weights say.</summary>
public class WeightedCalibrationTests
{
    private static readonly ScoreCalibration[] Recipes =
    [
        ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.LogZScore,
        ScoreCalibration.Rank(), ScoreCalibration.Rank(TailScale.Surprisal), ScoreCalibration.Gaussian(), ScoreCalibration.Gamma(),
    ];

    [Property(MaxTest = 60, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void Whole_weights_are_repetitions(WeightedRows rows)
    {
        foreach (var recipe in Recipes)
        {
            var expected = recipe.Fit(rows.Repeated)!;
            var actual = recipe.Fit(rows.Scores, rows.Weights)!;
            foreach (double score in Probes(rows))
            {
                double right = expected.Calibrate(score);
                double found = actual.Calibrate(score);
                if (!(Math.Abs(right - found) <= 1e-7 * Math.Max(1, Math.Abs(right))))
                    Assert.Fail($"{recipe} of {score:R}: {found:R} instead of {right:R} for {rows}.");
            }
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void Weights_of_nothing_and_one_give_the_calibration_of_the_rest_to_the_bit(WeightedRows rows)
    {
        double[] weights = [.. rows.Weights.Select(weight => Math.Min(weight, 1))];
        float[] rest = [.. rows.Scores.Where((_, i) => weights[i] > 0)];
        foreach (var recipe in (ScoreCalibration[])[.. Recipes, ScoreCalibration.Conformal()])
        {
            var expected = recipe.Fit(rest)!;
            var actual = recipe.Fit(rows.Scores, weights)!;
            Assert.All(Probes(rows), score => Assert.Equal(expected.Calibrate(score), actual.Calibrate(score)));
        }
    }

    [Property(MaxTest = 10, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void Parts_of_rows_give_maps_that_never_fall(WeightedRows rows)
    {
        foreach (double factor in (double[])[1e-6, 0.1, 0.7, 3.3, 1e6])
        {
            double[] weights = [.. rows.Weights.Select(weight => weight * factor)];
            foreach (var recipe in Recipes)
            {
                var calibrator = recipe.Fit(rows.Scores, weights)!;
                double[] calibrated = [.. Probes(rows).Order().Select(calibrator.Calibrate)];
                Assert.DoesNotContain(double.NaN, calibrated);
                for (int i = 1; i < calibrated.Length; i++)
                {
                    if (!(calibrated[i] >= calibrated[i - 1] - 1e-12))
                        Assert.Fail($"{recipe}, {factor}: {calibrated[i - 1]:R}, then {calibrated[i]:R} for {rows}.");
                }
            }
        }
    }

    [Fact]
    public void Conformal_calibration_refuses_weights_and_says_why()
    {
        var recipe = ScoreCalibration.Conformal();
        Assert.False(recipe.AcceptsWeights);
        string message = Assert.Throws<ArgumentException>(() => recipe.Fit([1, 2, 3], [1, 2, 1])).Message;
        Assert.Contains("exchangeable", message, StringComparison.Ordinal);
        Assert.Null(ScoreCalibration.None.Fit([1, 2], [1, 2]));
    }

    private static IEnumerable<double> Probes(WeightedRows rows) =>
        [.. rows.Scores.Select(score => (double)score), .. rows.Scores.Select(score => score + 0.0625), rows.Scores.Max() + 100.0, rows.Scores.Min() - 1.0];

    [Fact]
    public void Equal_scores_are_calibrated_alike_whatever_their_weights()
    {
        var random = new CounterRandom(3);
        for (int trial = 0; trial < 100; trial++)
        {
            float score = (float)(random.NextDouble() * 2);
            double[] weights = [.. Enumerable.Range(0, 2 + trial).Select(_ => random.NextDouble() + 1e-3)];
            float[] scores = [.. weights.Select(_ => score)];
            foreach (var recipe in (ScoreCalibration[])[ScoreCalibration.ZScore, ScoreCalibration.LogZScore, ScoreCalibration.Gaussian(), ScoreCalibration.Gamma()])
            {
                foreach (double probe in (double[])[score, score + 0.5])
                    Assert.Equal(recipe.Fit(scores)!.Calibrate(probe), recipe.Fit(scores, weights)!.Calibrate(probe), 1e-6);
            }
        }
    }
}
