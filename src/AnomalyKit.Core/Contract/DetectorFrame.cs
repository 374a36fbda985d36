using System.Globalization;

namespace AnomalyKit;

/// <summary>What every fitted detector holds besides its model: columns, transform, threshold, calibration and the profile of the training rows.</summary>
/// <remarks>Immutable and thread-safe; frames of equal parts are equal.</remarks>
public sealed record DetectorFrame
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="schema">The columns that the detector was fitted on.</param>
    /// <param name="transform">The fitted scaling between the columns and the model.</param>
    /// <param name="threshold">A row is an anomaly if its score is greater; any number but NaN.</param>
    /// <param name="thresholdOrigin">How the threshold came about, for people: for example <c>contamination 0.01</c>.</param>
    /// <exception cref="ArgumentException">The transform takes another number of columns than the schema has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public DetectorFrame(FeatureSchema schema, FeatureTransform transform, double threshold, string thresholdOrigin)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(thresholdOrigin);
        if (transform.InputColumns != schema.ColumnCount)
            throw new ArgumentException($"The transform takes {transform.InputColumns} columns; the schema has {schema.ColumnCount}.", nameof(transform));
        Schema = schema;
        Transform = transform;
        Threshold = Number(threshold, nameof(threshold));
        ThresholdOrigin = thresholdOrigin;
    }

    /// <summary>The columns that the detector was fitted on.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>The fitted scaling between the columns and the model.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>A row is an anomaly if its score is greater than this; never NaN.</summary>
    public double Threshold { get; private init; }

    /// <summary>How the threshold came about, for people: for example <c>contamination 0.01</c>.</summary>
    public string ThresholdOrigin { get; private init; }

    /// <summary>The fitted calibration of the scores; null where the detector has none.</summary>
    public ScoreCalibrator? Calibrator { get; init; }

    /// <summary>What the detector remembers of the rows that it was fitted on; null where it was fitted without (<see cref="FitOptions.KeepProfile"/>), and from files of versions before 0.3.0.</summary>
    /// <exception cref="ArgumentException">The profile's rows are in another encoding than <see cref="Schema"/>.</exception>
    public ReferenceProfile? Profile
    {
        get;
        init => field = value?.Rows is not { } rows || rows.Schema.Equals(Schema)
            ? value
            : throw new ArgumentException($"The rows of the profile have the columns ({rows.Schema}), or other offsets, levels or missing cells; the detector has ({Schema}).", nameof(value));
    }

    /// <summary>What made the model; null where nobody said, and from files of versions before 0.3.0.</summary>
    public ModelOrigin? Origin { get; init; }

    /// <summary>The same frame with another threshold.</summary>
    /// <param name="threshold">Any number but NaN; ±∞ flag nothing and everything.</param>
    /// <returns>A new frame; its <see cref="ThresholdOrigin"/> says that the threshold was fixed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public DetectorFrame WithThreshold(double threshold) => this with
    {
        Threshold = Number(threshold, nameof(threshold)),
        ThresholdOrigin = string.Create(CultureInfo.InvariantCulture, $"fixed {threshold:R}"),
    };

    /// <summary>The same frame with a threshold found by a rule over scores.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Scores of rows like those that will come.</param>
    /// <returns>A new frame; its <see cref="ThresholdOrigin"/> names the rule, and its profile remembers the fraction of alerts among these scores as what the threshold was set for.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores.</exception>
    public DetectorFrame WithThreshold(ThresholdRule rule, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(rule);
        double threshold = rule.Resolve(scores);
        return double.IsNaN(threshold)
            ? throw new ArgumentException($"The rule '{rule}' gave NaN; a threshold must be a number.", nameof(rule))
            : this with { Threshold = threshold, ThresholdOrigin = rule.Describe(scores.Length), Profile = Profile?.WithAlertsAmong(scores, threshold) };
    }

    /// <summary>The same frame with what follows from the scores of all training rows.</summary>
    /// <param name="rule">Finds the threshold.</param>
    /// <param name="calibration">The recipe of the calibration.</param>
    /// <param name="scores">The scores; they may be none where neither looks at scores.</param>
    /// <param name="weights">How many times each score counts, or empty if each counts once.</param>
    internal DetectorFrame WithScores(ThresholdRule rule, ScoreCalibration calibration, ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        double threshold = rule.Resolve(scores, weights);
        return double.IsNaN(threshold)
            ? throw new ArgumentException($"The rule '{rule}' gave NaN; a threshold must be a number.", nameof(rule))
            : this with
            {
                Threshold = threshold,
                ThresholdOrigin = rule.Describe(WeightChecks.ScoreCount(scores.Length, weights)),
                Calibrator = calibration.Fit(scores, weights),
            };
    }

    /// <summary>The same frame with a calibration fitted on scores.</summary>
    /// <param name="calibration">The recipe; <see cref="ScoreCalibration.None"/> takes the calibration away.</param>
    /// <param name="scores">Scores of rows like those that will come; for conformal p-values, of rows that the detector was not fitted on.</param>
    /// <returns>A new frame.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public DetectorFrame WithCalibration(ScoreCalibration calibration, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return this with { Calibrator = calibration.Fit(scores) };
    }

    private static double Number(double threshold, string parameter) => double.IsNaN(threshold)
        ? throw new ArgumentOutOfRangeException(parameter, threshold, "The threshold must be a number.")
        : threshold;
}
