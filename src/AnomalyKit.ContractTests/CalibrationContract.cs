using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>A detector's scores can be brought to a scale with a meaning, fitted on the training rows' own scores and kept in its file (rule 1).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class CalibrationContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    [Theory]
    [EveryDetector]
    public void The_threshold_is_found_on_the_training_rows_own_scores(string detector)
    {
        var training = DataShape.Usual.Training();
        var rule = ThresholdRule.Contamination(0.1);
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.None, rule);
        var fit = trainer.FitAndScore(training);
        float[] own = fit.TrainingScores.ToArray();
        Same.Bytes(Saved(trainer.Fit(training)), Saved(fit.Detector), "With the scores");
        Assert.Equal(rule.Resolve(own), fit.Detector.Threshold);
        Assert.Equal(Array.ConvertAll(own, score => score > fit.Detector.Threshold), fit.TrainingAnomalies());
        var fixedTrainer = Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Fixed(0.5));
        Same.Bits(own, fixedTrainer.FitAndScore(training).TrainingScores.ToArray(), "With a threshold that needs no scores");
    }

    [Theory]
    [EveryDetector]
    public void The_memory_of_a_fit_is_estimated_and_grows_with_the_rows(string detector)
    {
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Fixed(0.5));
        long before = 0;
        foreach (int rows in (int[])[2, 1_000, 1_000_000, int.MaxValue])
        {
            long bytes = trainer.EstimateMemory(rows, 30);
            Assert.True(bytes > 0 && bytes >= before, $"{bytes} bytes for {rows} rows, {before} for fewer.");
            before = bytes;
        }
    }

    [Theory]
    [EveryDetector]
    public void Every_calibration_is_kept_in_the_file_and_changes_no_score(string detector)
    {
        var training = DataShape.Usual.Training();
        var probes = DataShape.Usual.Probes();
        var fitted = Fitted(detector).Detector;
        float[] scores = fitted.Score(probes);
        foreach (var calibration in (ScoreCalibration[])[
            ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.Rank(), ScoreCalibration.Gaussian(TailScale.Surprisal),
            ScoreCalibration.Gamma(), ScoreCalibration.Conformal()])
        {
            var calibrated = fitted.WithCalibration(calibration, fitted.Score(training));
            Assert.Null(fitted.Calibrator);
            Same.Bits(scores, calibrated.Score(probes), "Calibrated");
            float[] mapped = calibrated.ScoreCalibrated(probes);
            for (int i = 0; i < scores.Length; i++)
                Assert.Equal((float)calibrated.Calibrator!.Calibrate(scores[i]), mapped[i]);
            Same.Bits(mapped, Loaded(Saved(calibrated.WithThreshold(0.5))).ScoreCalibrated(probes), "Loaded");
        }
    }
}
