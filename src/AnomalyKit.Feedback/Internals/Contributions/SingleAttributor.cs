using System.Buffers;
using AnomalyKit.Ensemble;

namespace AnomalyKit.Feedback.Contributions;

/// <summary>Brings a base detector's own attributions to the scale of the odds, where it is not an ensemble.</summary>
internal sealed class SingleAttributor(IAnomalyDetector detector, RowAttributor own, OddsOfScores odds, AttributionOptions options) : RowAttributor(detector.Schema, options)
{
    public override AttributionInfo Info => own.Info;

    public override int BlockRows => Math.Min(own.BlockRows, detector.BlockRows);

    public override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        int groups = Groups.Count;
        float[] scoreBuffer = ArrayPool<float>.Shared.Rent(rows.RowCount);
        double[] ownBuffer = ArrayPool<double>.Shared.Rent(rows.RowCount * groups);
        try
        {
            // What the base detector explains need not be its score, and the odds are those of the score.
            var scores = scoreBuffer.AsSpan(0, rows.RowCount);
            detector.ScoreRows(rows, scores);
            var parts = ownBuffer.AsSpan(0, rows.RowCount * groups);
            own.AttributeRows(rows, parts, baselines, explained);
            contributions.Clear();
            for (int row = 0; row < scores.Length; row++)
            {
                var part = parts.Slice(row * groups, groups);
                double after = OddsOf(scores[row]);
                // A base detector that sees nothing in the row stays where it is: rounding is no evidence.
                double before = part.ContainsAnyExcept(0.0) ? OddsOf((float)own.ScoreOf(baselines[row])) : after;
                ProportionalShares.Add(after - before, part, explained[row] - baselines[row], contributions.Slice(row * groups, groups));
                (baselines[row], explained[row]) = (before, after);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scoreBuffer);
            ArrayPool<double>.Shared.Return(ownBuffer);
        }
    }

    private double OddsOf(float score)
    {
        double value = score;
        return odds.Combine(new Span<double>(ref value), []);
    }
}
