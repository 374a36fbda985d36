namespace AnomalyKit.Core.Tests.Thresholds;

/// <summary>Weighted statistics are NumPy's of the repeated scores.</summary>
public class WeightsGoldenTests
{
    [Fact]
    public void Quantiles_means_and_spreads_are_those_of_repeated_scores()
    {
        for (int i = 0; i < WeightsGolden.Probabilities.Length; i++)
            Assert.Equal(WeightsGolden.Quantiles[i], ThresholdRule.Quantile(WeightsGolden.Probabilities[i]).Resolve(WeightsGolden.Scores, WeightsGolden.Weights), 1e-12);
        var robust = Assert.IsType<LinearCalibrator>(ScoreCalibration.RobustZ.Fit(WeightsGolden.Scores, WeightsGolden.Weights));
        Assert.Equal(WeightsGolden.Median, robust.Center, 1e-12);
        Assert.Equal(WeightsGolden.Spread, robust.Scale, 1e-12);
        var classical = Assert.IsType<LinearCalibrator>(ScoreCalibration.ZScore.Fit(WeightsGolden.Scores, WeightsGolden.Weights));
        Assert.Equal(WeightsGolden.Mean, classical.Center, 1e-12);
        Assert.Equal(WeightsGolden.Deviation, classical.Scale, 1e-12);
    }
}
