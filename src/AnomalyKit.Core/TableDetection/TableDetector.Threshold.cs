using System.Runtime.InteropServices;

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
    /// <returns>A new detector, sharing preparation and model. Its profile remembers the fraction of alerts among these scores, and their number, as what the threshold was set for: later alerts are compared with it. It keeps these scores too if it had none.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores.</exception>
    public TableDetector WithThreshold(ThresholdRule rule, ReadOnlySpan<float> scores)
    {
        var frame = Detector.Frame.WithThreshold(rule, scores);
        return new TableDetector(Preparation, Detector.WithFrame(frame), Profile?.WithAlertsAmong(scores, frame.Threshold));
    }

    /// <summary>Finds a threshold by a rule over the scores of a source, and counts the anomalies that it makes of its rows.</summary>
    /// <param name="rule">The rule; <see cref="ThresholdRule.Fixed"/> to see what a number does.</param>
    /// <param name="reader">Rows like those that will come, opened with <see cref="Layout"/>; they are read to their end. Their scores are kept meanwhile, in at most 8 bytes per row, and 4 more while the rule looks at them.</param>
    /// <param name="options">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The detector with the threshold, sharing preparation and model, and the counts. Its profile remembers the fraction of anomalies among these rows, and their number, as what the threshold was set for; the scores of these rows too if it had none.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores, for instance because there are none.</exception>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ThresholdResult FindThreshold(ThresholdRule rule, TableReader reader, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var scores = new List<float>();
        var fitted = new FittedRowsCheck(rule.NeedsScores ? Profile : null);
        foreach (var batch in ScoreBatches(reader, options, cancellationToken))
        {
            scores.AddRange(batch.Scores.Span);
            fitted.Add(batch.Table);
        }

        var all = CollectionsMarshal.AsSpan(scores);
        var detector = WithThreshold(rule, all);
        double threshold = detector.Threshold;
        int anomalies = 0;
        foreach (float score in all)
            anomalies += score > threshold ? 1 : 0;
        return new ThresholdResult(detector, all.Length, anomalies) { AreFittedRows = fitted.AreFitted() };
    }

    /// <summary>The fraction of rows whose scores lie above <see cref="Threshold"/>, as far as the profile knows it.</summary>
    /// <returns>
    /// A fraction from 0 to 1. Exact among the rows that the threshold was found in, which are not the training rows after <see cref="FindThreshold"/> or a rule over other scores (<see cref="ReferenceProfile.AlertRowCount"/>); otherwise an estimate from the scores
    /// that the profile remembers (<see cref="QuantileSketch.RankError"/>). Null where it remembers none.
    /// </returns>
    public double? AlertFraction() => Profile switch
    {
        { AlertFraction: { } counted, AlertThreshold: { } at } when at == Threshold => counted,
        { Scores: { } scores } => 1 - scores.Rank(Threshold),
        _ => null,
    };
}
