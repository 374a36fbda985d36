using AnomalyKit.Feedback.Model;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <content>What was learned, as a detector.</content>
public sealed partial class FeedbackSession
{
    private const int StepRows = 1024;

    /// <summary>The detector that has learned from the current answers: immutable, complete, and like any other.</summary>
    /// <param name="threshold">Finds the threshold in the new scores of the session's rows; null to flag as many of them as the base detector does.</param>
    /// <param name="calibration">The recipe of the calibration, fitted on the same scores; null for ranks where the base detector has a calibration, and none where it has none.</param>
    /// <param name="cancellationToken">Stops the scoring of the rows.</param>
    /// <returns>A <see cref="FeedbackDetector"/>; without an answer that says anomaly or normal, and without a rule or a calibration, the base detector itself.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAnomalyDetector ToDetector(ThresholdRule? threshold = null, ScoreCalibration? calibration = null, CancellationToken cancellationToken = default) =>
        ToDetector(threshold, calibration, out _, cancellationToken);

    /// <summary>The same, with the new scores of the session's rows; none if the detector is the base detector itself.</summary>
    internal IAnomalyDetector ToDetector(ThresholdRule? threshold, ScoreCalibration? calibration, out float[]? scores, CancellationToken cancellationToken)
    {
        var detector = BaseDetector;
        var frame = detector.Frame;
        bool isBase = _lesson.RowCount == 0;
        scores = null;
        if (isBase && threshold is null && calibration is null)
            return detector;
        scores = isBase ? _rows.Scores : LearnedScores(cancellationToken);
        var framed = isBase ? frame : new DetectorFrame(frame.Schema, FeatureTransform.Identity(frame.Schema.ColumnCount), ThresholdLikeBase(scores), $"as many of {scores.Length} rows as the base detector flags");
        if (threshold is not null)
            framed = framed.WithThreshold(threshold, scores);
        if (calibration is not null || (!isBase && frame.Calibrator is not null))
            framed = framed.WithCalibration(calibration ?? ScoreCalibration.Rank(), scores);
        framed = framed with { Profile = frame.Profile?.WithScores(scores, framed.Threshold, areHeldOut: false), Origin = isBase ? frame.Origin : OriginOf(frame.Origin) };
        return isBase ? detector.WithFrame(framed) : new FeedbackDetector(framed, new FittedFeedback(framed.Transform, detector, _space, _lesson.Odds, Counts()));
    }

    private static ModelOrigin? OriginOf(ModelOrigin? origin) => origin is null ? null : origin with { Trainer = $"feedback on {origin.Trainer}" };

    private AnswerCounts Counts()
    {
        var summary = _book.Summary();
        return new AnswerCounts(summary.AnomalyCount, summary.NormalCount);
    }

    /// <summary>The scores of all rows by what was learned, from what is known of them: the same as the detector gives, to the bit.</summary>
    private float[] LearnedScores(CancellationToken cancellationToken)
    {
        var scores = new float[_rows.Count];
        ParallelBlocks.For(
            Blocks.Count(scores.Length, StepRows),
            -1,
            block =>
            {
                var features = new float[_space.FeatureCount];
                for (int row = block * StepRows; row < Math.Min(scores.Length, (block + 1) * StepRows); row++)
                {
                    _rows.Features(_space, row, features);
                    scores[row] = (float)(_rows.Prior(_space, row) + _lesson.Odds.ChangeOf(features));
                }
            },
            cancellationToken);
        return scores;
    }

    /// <summary>The threshold that flags as many rows as the base detector does, less where scores are tied.</summary>
    private double ThresholdLikeBase(float[] scores)
    {
        int flagged = (int)Math.Round(_rows.FlaggedFraction() * scores.Length);
        float[] working = [.. scores];
        return flagged >= working.Length ? double.NegativeInfinity : OrderStatistics.Select(working, working.Length - 1 - flagged);
    }
}
