namespace AnomalyKit;

/// <content>Another threshold, without another fit.</content>
public sealed partial class TableDetector
{
    /// <summary>The same detector with another threshold.</summary>
    /// <param name="threshold">Any number but NaN.</param>
    /// <returns>A new detector, sharing preparation and model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public TableDetector WithThreshold(double threshold) => new(Preparation, Detector.WithFrame(Detector.Frame.WithThreshold(threshold)), Profile);

    /// <summary>The same detector with a threshold found by a rule over scores.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Scores of rows like those that will come.</param>
    /// <returns>A new detector, sharing preparation and model.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores.</exception>
    public TableDetector WithThreshold(ThresholdRule rule, ReadOnlySpan<float> scores) => new(Preparation, Detector.WithFrame(Detector.Frame.WithThreshold(rule, scores)), Profile);

    /// <summary>Finds a threshold by a rule over the scores of a source, and counts the anomalies that it makes of its rows.</summary>
    /// <param name="rule">The rule; <see cref="ThresholdRule.Fixed"/> to see what a number does.</param>
    /// <param name="reader">Rows like those that will come, opened with <see cref="Layout"/>; they are read to their end. Their scores are kept meanwhile, in 4 bytes per row.</param>
    /// <param name="options">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The detector with the threshold, sharing preparation and model, and the counts. Its profile remembers the fraction of anomalies among these rows as the one that the threshold was set for.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores, for instance because there are none.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ThresholdResult FindThreshold(ThresholdRule rule, TableReader reader, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var scores = new List<float>();
        foreach (var batch in ScoreBatches(reader, options, cancellationToken))
            scores.AddRange(batch.Scores.Span);
        float[] all = [.. scores];
        var detector = WithThreshold(rule, all);
        double threshold = detector.Threshold;
        int anomalies = all.Count(score => score > threshold);
        // What later alerts are compared with is the fraction that the threshold was set for.
        var profile = all.Length == 0 ? Profile
            : Profile?.Scores is null ? Profile?.WithScores(all, threshold, areHeldOut: false)
            : Profile.WithScores(Profile.Scores, Profile.HasHeldOutScores, (double)anomalies / all.Length, threshold);
        return new ThresholdResult(new TableDetector(Preparation, detector.Detector, profile), all.Length, anomalies);
    }

    /// <summary>The fraction of the scores that the profile remembers that lies above <see cref="Threshold"/>.</summary>
    /// <returns>
    /// A fraction from 0 to 1: exact where the threshold is the one that was found in these scores, otherwise an estimate from their sketch (<see cref="QuantileSketch.RankError"/>). Null where the
    /// detector remembers no scores.
    /// </returns>
    public double? AlertFraction() => Profile switch
    {
        { AlertFraction: { } counted, AlertThreshold: { } at } when at == Threshold => counted,
        { Scores: { } scores } => 1 - scores.Rank(Threshold),
        _ => null,
    };
}
