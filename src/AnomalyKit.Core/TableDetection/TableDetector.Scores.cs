namespace AnomalyKit;

/// <content>What follows from the scores of all training rows, where these were scored after the fit.</content>
public sealed partial class TableDetector
{
    private const int MaxRepeatedScores = 1 << 27;

    /// <summary>The same detector with threshold and calibration found in the scores of all training rows, as a fit on them in memory finds them.</summary>
    /// <param name="rule">Finds the threshold.</param>
    /// <param name="calibration">The recipe of the calibration; <see cref="ScoreCalibration.None"/> for none.</param>
    /// <param name="scores">The score of each training row, in the order of the table.</param>
    /// <returns>A new detector, sharing preparation and model. Its profile tells the fraction of alerts and, if it has no scores yet, their distribution.</returns>
    /// <exception cref="ArgumentException">There are no scores, one is NaN, or the rule finds no threshold in them.</exception>
    public TableDetector WithScores(ThresholdRule rule, ScoreCalibration calibration, ReadOnlySpan<float> scores) => WithScores(rule, calibration, scores, []);

    /// <summary>The same detector with threshold and calibration found in a sketch of the scores of all training rows.</summary>
    /// <param name="rule">Finds the threshold.</param>
    /// <param name="calibration">The recipe of the calibration; <see cref="ScoreCalibration.None"/> for none.</param>
    /// <param name="scores">The scores. A threshold that is one of them is off by at most <see cref="ScoreSketch.RelativeError"/> of itself.</param>
    /// <returns>A new detector, sharing preparation and model.</returns>
    /// <exception cref="ArgumentException">There are no scores, one is NaN, the rule finds no threshold in them, or rule or calibration cannot be found from counted scores.</exception>
    public TableDetector WithScores(ThresholdRule rule, ScoreCalibration calibration, ScoreSketch scores)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.NaNCount > 0)
            throw new ArgumentException($"{scores.NaNCount} of {scores.Count} scores are NaN; a threshold can only follow from numbers. Look for the rows that have them.", nameof(scores));
        var (values, counts) = scores.Weighted();
        // What does not take counts may see each score as often as it occurs.
        bool takesCounts = (!rule.NeedsScores || rule.AcceptsWeights) && calibration.AcceptsWeights;
        return !takesCounts && scores.Count <= MaxRepeatedScores
            ? WithScores(rule, calibration, Repeated(values, counts, (int)scores.Count), [])
            : WithScores(rule, calibration, values, counts);
    }

    private static float[] Repeated(float[] scores, double[] counts, int total)
    {
        var repeated = new float[total];
        int at = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            int count = (int)counts[i];
            repeated.AsSpan(at, count).Fill(scores[i]);
            at += count;
        }

        return repeated;
    }

    private TableDetector WithScores(ThresholdRule rule, ScoreCalibration calibration, ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(calibration);
        var frame = Detector.Frame.WithScores(rule, calibration, scores, weights);
        var profile = Profile;
        if (profile is not null && !scores.IsEmpty)
        {
            profile = profile.Scores is { } known
                ? profile.WithScores(known, areHeldOut: false, Profiles.ScoreProfile.FractionAbove(scores, weights, frame.Threshold), frame.Threshold)
                : profile.WithScores(scores, weights, frame.Threshold, areHeldOut: false);
        }

        return new TableDetector(Preparation, Detector.WithFrame(frame), profile);
    }
}
