using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>The calibration is fitted with the detector, kept with it, and never changes a score.</summary>
public class CalibratedFitTests
{
    private static readonly FeatureMatrix Data = Normal(2_000, 1);

    [Fact]
    public void The_calibration_is_fitted_on_the_training_rows_own_scores()
    {
        var trainer = new DistanceTrainer { Doubled = true, Calibration = ScoreCalibration.RobustZ, Threshold = ThresholdRule.Contamination(0.1) };
        var fit = trainer.FitAndScore(Data);
        var (detector, own) = (fit.Detector, fit.TrainingScores.ToArray());
        float[] asNew = detector.Score(Data);
        Assert.Equal([.. asNew.Select(score => 2 * score)], own);
        Assert.Equal(ScoreCalibration.RobustZ.Fit(own)!.Calibrate(3), detector.Calibrator!.Calibrate(3));
        Assert.Equal(ThresholdRule.Contamination(0.1).Resolve(own), detector.Threshold);
        Assert.Equal(detector.Threshold, trainer.Fit(Data).Threshold);
        Assert.Null(new DistanceTrainer().Fit(Data).Calibrator);
    }

    [Fact]
    public void Scores_can_be_had_where_no_rule_needs_them()
    {
        IDetectorTrainer trainer = new DistanceTrainer { Threshold = ThresholdRule.Fixed(1) };
        var fit = trainer.FitAndScore(Data);
        Assert.Equal(fit.Detector.Score(Data), fit.TrainingScores.ToArray());
        Assert.Equal(fit.Detector.IsAnomaly(Data), fit.TrainingAnomalies());
    }

    [Fact]
    public void Every_calibration_survives_a_file_and_another_threshold()
    {
        foreach (var calibration in (ScoreCalibration[])[
            ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.LogZScore, ScoreCalibration.Rank(TailScale.Surprisal), ScoreCalibration.Gaussian(),
            ScoreCalibration.Gamma(), ScoreCalibration.Conformal(0.5)])
        {
            var detector = new DistanceTrainer { Calibration = calibration }.Fit(Data);
            using var file = new MemoryStream();
            detector.WithThreshold(2).Save(file);
            file.Position = 0;
            var loaded = DistanceDetector.Load(file);
            Assert.Equal(detector.Calibrator!.Definition, loaded.Calibrator!.Definition);
            Assert.Equal(detector.ScoreCalibrated(Data), loaded.ScoreCalibrated(Data));
            Assert.Equal(detector.Score(Data), loaded.Score(Data));
            Assert.Null(loaded.WithCalibration(ScoreCalibration.None, []).Calibrator);
        }
    }

    [Fact]
    public void A_detector_without_calibration_says_so() =>
        Assert.Contains("no calibration", Assert.Throws<InvalidOperationException>(() => new DistanceTrainer().Fit(Data).ScoreCalibrated(Data)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_set_aside_do_not_teach()
    {
        var trainer = new DistanceTrainer { Calibration = ScoreCalibration.Conformal(0.25, seed: 5), Doubled = true };
        var fit = trainer.FitAndScore(Data);
        var (detector, own) = (fit.Detector, fit.TrainingScores.ToArray());
        float[] asNew = detector.Score(Data);
        int[] aside = [.. Enumerable.Range(0, Data.RowCount).Where(row => own[row] == asNew[row])];
        Assert.Equal(500, aside.Length);
        var expected = new DistanceTrainer().Fit(Data.SelectRows([.. Enumerable.Range(0, Data.RowCount).Except(aside)]));
        Assert.Equal(expected.Mean, detector.Mean);
        Assert.Equal(500, Assert.IsType<ConformalCalibrator>(detector.Calibrator).CalibrationRowCount);
        // The threshold, too, is found on rows that the model has not seen.
        Assert.Equal(ThresholdRule.Contamination(0.01).Resolve([.. aside.Select(row => asNew[row])]), detector.Threshold);
    }

    [Fact]
    public void The_origin_of_a_threshold_tells_how_many_of_the_rows_set_aside_it_rests_on()
    {
        Assert.Equal("contamination 0.01; rests on few rows: 5 of 500 set aside are above", Origin(ThresholdRule.Contamination(0.01)));
        Assert.Equal("contamination 0.002; rests on few rows: 1 of 500 set aside is above", Origin(ThresholdRule.Contamination(0.002)));
        Assert.Equal("contamination 0.032; 16 of 500 rows set aside are above", Origin(ThresholdRule.Contamination(0.032)));
        Assert.Equal("fixed 3", Origin(ThresholdRule.Fixed(3)));
        // Nothing is above a threshold that no row can exceed, whatever is set aside.
        Assert.EndsWith(")", Origin(ThresholdRule.FalsePositiveRate(0.0001)), StringComparison.Ordinal);

        static string Origin(ThresholdRule rule) => new DistanceTrainer { Calibration = ScoreCalibration.Conformal(0.25), Threshold = rule }.Fit(Data).ThresholdOrigin;
    }

    [Fact]
    public void Conformal_p_values_are_uniform_on_new_rows_and_the_rate_is_kept()
    {
        var trainer = new DistanceTrainer { Calibration = ScoreCalibration.Conformal(0.5), Threshold = ThresholdRule.FalsePositiveRate(0.05) };
        var detector = trainer.Fit(Normal(40_000, 2));
        var fresh = Normal(40_000, 3);
        var calibrator = Assert.IsType<ConformalCalibrator>(detector.Calibrator);
        float[] scores = detector.Score(fresh);
        Assert.InRange(Uniformity.Distance([.. scores.Select(score => calibrator.TailProbability(score))]), 0, 0.02);
        // Three standard errors of both the 20,000 calibration and the 40,000 new rows.
        Assert.InRange(scores.Count(score => score > detector.Threshold) / 40_000.0, 0.05 - 0.006, 0.05 + 0.006);
    }

    [Fact]
    public void The_false_discovery_rule_keeps_its_level()
    {
        // 300 batches of 450 normal rows and 50 far ones, each beside a detector of its own: the mean share of false alarms among the flagged.
        const double Level = 0.2;
        double proportions = 0;
        double power = 0;
        for (ulong trial = 0; trial < 300; trial++)
        {
            var detector = new DistanceTrainer { Calibration = ScoreCalibration.Conformal(0.5) }.Fit(Normal(1_000, 10 + trial));
            float[] scores = [.. detector.Score(Normal(450, 1_000 + trial)), .. detector.Score(Normal(50, 2_000 + trial, 4))];
            var decided = detector.WithThreshold(ThresholdRule.FalseDiscoveryRate(Level, (TailCalibrator)detector.Calibrator!), scores);
            int wrong = scores[..450].Count(score => score > decided.Threshold);
            int right = scores[450..].Count(score => score > decided.Threshold);
            proportions += (double)wrong / Math.Max(1, wrong + right);
            power += right / 50.0;
        }

        Assert.InRange(proportions / 300, 0.1, Level);
        Assert.InRange(power / 300, 0.5, 1);
    }

    [Fact]
    public void Too_few_rows_to_set_some_aside_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new DistanceTrainer { Calibration = ScoreCalibration.Conformal(0.9) }.Fit(Normal(5, 1)));
        Assert.Contains("set aside", exception.Message, StringComparison.Ordinal);
    }

    private static FeatureMatrix Normal(int rows, ulong seed, double shift = 0)
    {
        var random = new CounterRandom(seed, 77);
        var cells = new float[rows * 3];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextGaussian() + shift);
        return FeatureMatrix.Wrap(cells, 3);
    }
}
