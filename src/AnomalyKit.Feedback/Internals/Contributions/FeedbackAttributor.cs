using System.Buffers;
using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;

namespace AnomalyKit.Feedback.Contributions;

/// <summary>Explains the odds of a row: by what the base detector's members say, by the straight lines of columns, and by nearness to answered rows.</summary>
internal sealed class FeedbackAttributor : RowAttributor
{
    // Steps of the nearness that take less than 100 ms.
    private const long MostSteps = 5_000_000;

    // Steps of the integral, as columns.
    private const int IntegralSteps = 300;

    private readonly RowSpace _space;
    private readonly LearnedOdds _learned;
    private readonly RowAttributor _scores;
    private readonly NearnessShares _nearness;

    private FeedbackAttributor(RowSpace space, LearnedOdds learned, RowAttributor scores, FeatureSchema schema, AttributionOptions options)
        : base(schema, options)
    {
        _space = space;
        _learned = learned;
        _scores = scores;
        _nearness = new NearnessShares(space, learned);
        Info = new AttributionInfo(
            "base-and-answers",
            "the score: the logarithm of the odds of an anomaly",
            scores.Info.IsExact,
            "R. J. Aumann, L. S. Shapley: Values of Non-Atomic Games, 1974, for the shares of the base detector's members; M. Sundararajan, A. Taly, Q. Yan: Axiomatic Attribution for Deep Networks, ICML 2017, for nearness");
        BlockRows = (int)Math.Clamp(MostSteps / (1 + (learned.Near.Length * (long)(space.Columns.Count + IntegralSteps))), 1, scores.BlockRows);
    }

    public override AttributionInfo Info { get; }

    public override int BlockRows { get; }

    /// <returns>Null where the base detector has no method of its own: then the whole is sampled.</returns>
    public static RowAttributor? Of(BaseScores detector, RowSpace space, LearnedOdds learned, AttributionOptions options)
    {
        var odds = new OddsOfScores(space, learned, detector.Ensemble?.RowCombiner);
        RowAttributor? scores = detector.Ensemble is { } ensemble ? ensemble.AttributorOf(odds, options)
            : detector.Detector.OwnAttributor(options) is { } own ? new SingleAttributor(detector.Detector, own, odds, options)
            : null;
        return scores is null ? null : new FeedbackAttributor(space, learned, scores, detector.Detector.Schema, options);
    }

    public override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        _scores.AttributeRows(rows, contributions, baselines, explained);
        int columns = Schema.ColumnCount;
        var weights = _learned.Weights.AsSpan(_space.Members.Count);
        float[] features = ArrayPool<float>.Shared.Rent(columns);
        double[] shares = ArrayPool<double>.Shared.Rent(columns);
        for (int row = 0; row < rows.RowCount; row++)
        {
            var own = features.AsSpan(0, columns);
            _space.Columns.Apply(rows.Cells.Slice(row * columns, columns), own);
            double lines = 0;
            for (int j = 0; j < columns; j++)
                lines += shares[j] = weights[j] * own[j];
            explained[row] += _learned.Level + lines + _nearness.Divide(own, shares.AsSpan(0, columns));
            baselines[row] += _learned.Level + _nearness.Baseline;
            var target = contributions.Slice(row * Groups.Count, Groups.Count);
            for (int j = 0; j < columns; j++)
                target[Groups.GroupOf[j]] += shares[j];
        }

        ArrayPool<float>.Shared.Return(features);
        ArrayPool<double>.Shared.Return(shares);
    }
}
