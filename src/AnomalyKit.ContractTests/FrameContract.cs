using AnomalyKit.ContractTests.Support;
using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests;

/// <summary>A detector is complete: it takes raw rows through the scaling, offsets and threshold that it was fitted with (rules 1, 2 and 8).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class FrameContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    [Theory]
    [EveryDetector(Over.Scalings)]
    public void Raw_rows_score_as_scaled_rows_do_without_scaling(string detector, string scaling)
    {
        // The detector scales inside; scaling outside and fitting without must give the same scores.
        var shape = DataShape.Named("400 × 3 in order");
        var training = shape.Training();
        var transform = Scalings.All[scaling].Fit(training, new FitContext());
        float[] inside = Fitted(detector, shape, Scalings.All[scaling]).Detector.Score(shape.Probes());
        var outside = Registered(detector).Fit(Scaled(transform, training)).Score(Scaled(transform, shape.Probes()));
        Same.Bits(outside, inside, "Scaled inside");
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void A_loaded_detector_takes_raw_rows_too(string detector, string scaling)
    {
        var shape = DataShape.Named("400 × 3 far from zero");
        var fitted = Fitted(detector, shape, Scalings.All[scaling]).Detector;
        var loaded = Loaded(Saved(fitted));
        Same.Bits(fitted.Score(shape.Probes()), loaded.Score(shape.Probes()), "Loaded");
        Assert.Equal(fitted.Threshold, loaded.Threshold);
        Assert.Equal(fitted.Schema, loaded.Schema);
        Assert.Equal(fitted.Info, loaded.Info);
        Assert.Equal(fitted.IsAnomaly(shape.Probes()), loaded.IsAnomaly(shape.Probes()));
    }

    [Theory]
    [EveryDetector]
    public void A_scaling_fitted_before_can_be_shared(string detector)
    {
        var training = DataShape.Usual.Training();
        var transform = FeatureScaling.Robust.Fit(training, new FitContext());
        Same.Bytes(
            Saved(Fitted(detector, DataShape.Usual, FeatureScaling.Robust).Detector),
            Saved(Registered(detector).Fit(training, FeatureScaling.Fitted(transform))),
            "Fitted before");
    }

    [Theory]
    [EveryDetector]
    public void A_scaling_for_other_columns_is_refused(string detector)
    {
        var other = FeatureScaling.Standard.Fit(DataShape.Normal(20, 3).Training(), new FitContext());
        var exception = Assert.Throws<ArgumentException>(() => Registered(detector).Fit(DataShape.Usual.Training(), FeatureScaling.Fitted(other)));
        Assert.Contains("3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("5", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void The_same_values_under_other_offsets_score_nearly_the_same(string detector, string scaling)
    {
        var registration = Registered(detector);
        var (values, rows) = Timestamps();
        var fitted = registration.Fit(Encode(values, rows, [1.7e9, -4e12]), Scalings.All[scaling]);
        float[] expected = fitted.Score(Encode(values, rows, [1.7e9, -4e12]));
        double spread = expected.Max() - expected.Min();
        Assert.True(spread > 0);
        foreach (double[] offsets in (double[][])[[1.7e9 + 1000, -4e12], [1.7e9 - 77.7, -4e12 + 5000.1]])
        {
            float[] actual = fitted.Score(Encode(values, rows, offsets));
            double mean = Enumerable.Range(0, rows).Average(row => Math.Abs(actual[row] - expected[row]));
            Assert.True(mean <= registration.OffsetTolerance * spread, $"Scores differ by {mean} on average under offsets {string.Join(" and ", offsets)}.");
        }
    }

    [Theory]
    [EveryDetector]
    public void Offsets_save_columns_that_float32_would_lose(string detector)
    {
        var (values, rows) = Timestamps();
        var fitted = Registered(detector).Fit(Encode(values, rows, [1.7e9, -4e12]), FeatureScaling.Standard);
        float inside = fitted.Score([1.7e9 + 50, -4e12 + 50]);
        Assert.True(fitted.Score([1.7e9 + 2500, -4e12 - 2500]) > inside, "2500 seconds beyond the training data is not seen.");
        Assert.Equal([1.7e9, -4e12], Loaded(Saved(fitted)).Schema.ColumnOffsets.ToArray());
    }

    [Theory]
    [EveryDetector]
    public void Another_threshold_leaves_the_detector_as_it_was(string detector)
    {
        var fitted = Fitted(detector).Detector;
        double before = fitted.Threshold;
        byte[] file = Saved(fitted);
        var other = fitted.WithThreshold(before + 1);
        Assert.Equal(before + 1, other.Threshold);
        Assert.Equal(before, fitted.Threshold);
        Same.Bytes(file, Saved(fitted), "The detector afterwards");
        Same.Bits(fitted.Score(DataShape.Usual.Probes()), other.Score(DataShape.Usual.Probes()), "Under another threshold");
        Assert.Equal(other.Threshold, Loaded(Saved(other)).Threshold);
        Assert.Same(fitted.GetType(), other.GetType());
    }

    [Theory]
    [EveryDetector]
    public void Infinite_thresholds_flag_everything_or_nothing_and_are_kept_in_files(string detector)
    {
        var fitted = Fitted(detector).Detector;
        Assert.DoesNotContain(true, Loaded(Saved(fitted.WithThreshold(double.PositiveInfinity))).IsAnomaly(DataShape.Usual.Probes()));
        Assert.DoesNotContain(false, Loaded(Saved(fitted.WithThreshold(double.NegativeInfinity))).IsAnomaly(DataShape.Usual.Probes()));
        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.WithThreshold(double.NaN));
    }

    [Theory]
    [EveryDetector(Over.Shapes)]
    public void Contamination_flags_no_more_training_rows_than_asked_for_but_may_flag_one(string detector, string shape)
    {
        // The threshold follows from the training rows' own scores and nothing else, so one fit answers for every share.
        var (fitted, scores) = Fitted(detector, DataShape.Named(shape), FeatureScaling.None);
        Assert.Equal(ThresholdRule.Contamination(0.05).Resolve(scores), fitted.Threshold);
        var data = DataShape.Named(shape).Training();
        foreach (double share in (double[])[0, 0.01, 0.05, 0.1, 0.5])
        {
            int flagged = Flagged(fitted.WithThreshold(ThresholdRule.Contamination(share).Resolve(scores)), data);
            double most = share > 0 ? Math.Max(1, share * data.RowCount) : 0;
            Assert.True(flagged <= most, $"{flagged} of {data.RowCount} rows flagged; a fraction of {share} was asked for.");
        }
    }

    [Theory]
    [EveryDetector]
    public void Equal_rows_are_never_flagged_by_contamination(string detector)
    {
        var data = DataShape.Named("100 × 3 of equal rows").Training();
        foreach (double share in (double[])[0, 0.01, 0.5])
            Assert.Equal(0, Flagged(Registered(detector).Fit(data, ThresholdRule.Contamination(share)), data));
    }

    [Theory]
    [EveryDetector]
    public void A_quantile_flags_its_share_of_the_training_rows(string detector)
    {
        var data = DataShape.Named("1000 × 7 normal").Training();
        Assert.InRange(Flagged(Registered(detector).Fit(data, ThresholdRule.Quantile(0.9)), data), 80, 100);
        Assert.Equal(0, Flagged(Registered(detector).Fit(data, ThresholdRule.Quantile(1)), data));
    }

    [Theory]
    [EveryDetector]
    public void Median_absolute_deviations_flag_the_anomalies_of_an_easy_set(string detector)
    {
        var data = EasySet.Draw(1);
        bool[] found = Registered(detector).Fit(data, ThresholdRule.MedianAbsoluteDeviation()).IsAnomaly(data);
        int right = 0;
        for (int row = 0; row < found.Length; row++)
            right += found[row] && data.Labels.Span[row] ? 1 : 0;
        Assert.True(right >= 40, $"{right} of 50 anomalies flagged.");
    }

    [Theory]
    [EveryDetector]
    public void A_fixed_threshold_is_taken_as_it_is(string detector) =>
        Assert.Equal(0.375, Registered(detector).Fit(DataShape.Usual.Training(), ThresholdRule.Fixed(0.375)).Threshold);

    private static int Flagged(IAnomalyDetector detector, FeatureMatrix data) => detector.IsAnomaly(data).Count(flag => flag);

    private static FeatureMatrix Scaled(FeatureTransform transform, FeatureMatrix data)
    {
        var cells = new float[data.RowCount * transform.OutputColumns];
        for (int row = 0; row < data.RowCount; row++)
            transform.Apply(data.Cells(row), cells.AsSpan(row * transform.OutputColumns, transform.OutputColumns));
        // A transform may leave columns out: whitening does with collinear ones.
        return FeatureMatrix.Wrap(
            cells, transform.OutputColumns == data.ColumnCount ? new FeatureSchema(data.Schema.ColumnNames) : FeatureSchema.Unnamed(transform.OutputColumns));
    }

    private static (double[] Values, int Rows) Timestamps()
    {
        const int Rows = 400;
        var random = new CounterRandom(99);
        var values = new double[2 * Rows];
        for (int row = 0; row < Rows; row++)
        {
            values[2 * row] = 1.7e9 + (100 * random.NextDouble());
            values[(2 * row) + 1] = -4e12 + (100 * random.NextDouble());
        }

        return (values, Rows);
    }

    [Theory]
    [EveryDetector]
    public void A_row_of_a_matrix_with_other_offsets_scores_as_in_the_matrix(string detector)
    {
        const int Rows = 300;
        double[] values = [.. Enumerable.Range(0, Rows).SelectMany(i => new[] { 1.7e9 + (i * i % 97), -4e12 + (i % 13) })];
        var fitted = Registered(detector).Fit(Encode(values, Rows, [1.7e9, -4e12]));
        var other = Encode(values, Rows, [1.7e9 + 50, -4e12 - 7]);
        float[] scores = fitted.Score(other);
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(scores[row], fitted.Score(other, row));
            Assert.Equal(scores[row] > fitted.Threshold, fitted.IsAnomaly(other, row));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.Score(other, Rows));
    }

    private static FeatureMatrix Encode(double[] values, int rows, double[] offsets)
    {
        var schema = new FeatureSchema(["seconds", "account"], offsets);
        var cells = new float[2 * rows];
        for (int row = 0; row < rows; row++)
            schema.Encode(values.AsSpan(2 * row, 2), cells.AsSpan(2 * row, 2));
        return FeatureMatrix.Wrap(cells, schema);
    }
}
