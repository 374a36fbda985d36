using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>Spans hold values of the columns, float or double, and mean the same rows as a matrix does, whatever the offsets of the schema (rule 11).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class ValuesContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private const int Rows = 200;

    [Theory]
    [EveryDetector]
    public void Values_score_as_the_matrix_does_under_offsets(string detector)
    {
        var (values, data) = Timestamps();
        var fitted = Calibrated(detector, data);
        float[] expected = fitted.Score(data);
        var scores = new float[Rows];
        fitted.Score(values, scores);
        Same.Bits(expected, scores, "Double values");
        // Whole seconds of a few minutes are exact in float, too, if they are multiples of its step there.
        float[] single = Array.ConvertAll(values, value => (float)value);
        Assert.Equal(values, Array.ConvertAll(single, value => (double)value));
        fitted.Score(single, scores);
        Same.Bits(expected, scores, "Float values");
        for (int row = 0; row < Rows; row += 7)
        {
            Assert.Equal(expected[row], fitted.Score(values.AsSpan(2 * row, 2)));
            Assert.Equal(expected[row], fitted.Score(single.AsSpan(2 * row, 2)));
        }
    }

    [Theory]
    [EveryDetector]
    public void Labels_and_calibrated_scores_follow(string detector)
    {
        var (values, data) = Timestamps();
        var fitted = Calibrated(detector, data);
        float[] single = Array.ConvertAll(values, value => (float)value);
        bool[] expected = fitted.IsAnomaly(data);
        Assert.Contains(true, expected);
        var labels = new bool[Rows];
        fitted.IsAnomaly(values, labels);
        Assert.Equal(expected, labels);
        Array.Clear(labels);
        fitted.IsAnomaly(single, labels);
        Assert.Equal(expected, labels);
        Array.Clear(labels);
        fitted.IsAnomaly(data, labels);
        Assert.Equal(expected, labels);
        int anomaly = Array.IndexOf(expected, true);
        Assert.True(fitted.IsAnomaly(values.AsSpan(2 * anomaly, 2)));
        Assert.True(fitted.IsAnomaly(single.AsSpan(2 * anomaly, 2)));
        var calibrated = new float[Rows];
        fitted.ScoreCalibrated(values, calibrated);
        Same.Bits(fitted.ScoreCalibrated(data), calibrated, "Double values");
        fitted.ScoreCalibrated(single, calibrated);
        Same.Bits(fitted.ScoreCalibrated(data), calibrated, "Float values");
    }

    [Theory]
    [EveryDetector]
    public void What_no_cell_can_hold_is_named(string detector)
    {
        var (values, data) = Timestamps();
        var fitted = Registered(detector).Fit(data);
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, -1e300])
        {
            var rows = values.ToArray();
            rows[(2 * 11) + 1] = bad;
            var exception = Assert.Throws<FeatureDataException>(() => fitted.Score(rows, new float[Rows]));
            Assert.Equal((11, 1, "amount"), (exception.Row, exception.Column, exception.ColumnName));
            Assert.Equal(bad, exception.Value);
        }
    }

    [Theory]
    [EveryDetector]
    public void Rows_of_another_width_are_refused_whichever_way_they_come(string detector)
    {
        var fitted = Registered(detector).Fit(Timestamps().Data);
        Assert.Throws<ArgumentException>(() => fitted.Score(new double[3]));
        Assert.Throws<ArgumentException>(() => fitted.Score(new float[5], new float[2]));
        Assert.Throws<ArgumentException>(() => fitted.IsAnomaly(new double[4], new bool[1]));
        Assert.Throws<ArgumentException>(() => EncodedRows.Check(new float[3], fitted.Schema));
        Assert.Throws<ArgumentException>(() => fitted.ScoreRows(EncodedRows.Check(new float[6], FeatureSchema.Unnamed(3)), new float[2]));
        Assert.Throws<ArgumentException>(() => fitted.ScoreRows(EncodedRows.Check(new float[6], fitted.Schema), new float[2]));
    }

    private static IAnomalyDetector Calibrated(string detector, FeatureMatrix data)
    {
        var fit = Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.05)).FitAndScore(data);
        return fit.Detector.WithCalibration(ScoreCalibration.RobustZ, fit.TrainingScores.Span).WithThreshold(ThresholdRule.Quantile(0.5), fit.TrainingScores.Span);
    }

    /// <summary>Unix seconds in steps that float32 keeps, and an amount.</summary>
    private static (double[] Values, FeatureMatrix Data) Timestamps()
    {
        double[] values = [.. Enumerable.Range(0, Rows).SelectMany(row => (double[])[1_700_000_000 - (1_700_000_000 % 128) + (128 * (row * 37 % 101)), row * row % 59])];
        var schema = new FeatureSchema(["seconds", "amount"], [1_700_000_000, 0]);
        var cells = new float[values.Length];
        schema.Encode(values, cells);
        return (values, FeatureMatrix.Wrap(cells, schema));
    }
}
