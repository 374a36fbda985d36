namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Training rows are scored among the others by FitAndScore, and as new rows, which find themselves, by everything that a detector does.</summary>
public sealed class TrainingRowsTests
{
    private const int Rows = 1000;

    [Fact]
    public void FitAndScore_flags_what_was_asked_for_and_IsAnomaly_takes_training_rows_as_new()
    {
        var data = Sets.Named("normal3", Rows);
        Assert.Equal(2, FlagsAsNew(new NearestNeighborsTrainer { Neighbors = 2, Threshold = ThresholdRule.Contamination(0.05) }, data));
        Assert.InRange(FlagsAsNew(new NearestNeighborsTrainer { Neighbors = 2, Distance = NeighborDistance.Largest, Threshold = ThresholdRule.Contamination(0.05) }, data), 0, 40);
        Assert.InRange(FlagsAsNew(new LocalOutlierFactorTrainer { Neighbors = 2, Threshold = ThresholdRule.Contamination(0.05) }, data), 0, 40);
    }

    /// <summary>How many training rows are flagged as new ones, after it was looked that FitAndScore's scores flag 50.</summary>
    private static int FlagsAsNew<TDetector>(NeighborTrainer<TDetector> trainer, FeatureMatrix data)
        where TDetector : AnomalyDetector<TDetector>, IDetectorKind<TDetector>
    {
        var fit = trainer.FitAndScore(data);
        Assert.Equal(50, fit.TrainingAnomalies().Count(flag => flag));
        return fit.Detector.IsAnomaly(data).Count(flag => flag);
    }
}
