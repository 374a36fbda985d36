using System.Buffers;
using AnomalyKit.Feedback.Features;

namespace AnomalyKit.Feedback.Model;

/// <summary>Takes rows to the space in which answers are compared.</summary>
internal sealed class RowScoring(BaseScores detector, RowSpace space)
{
    public BaseScores Base => detector;

    public RowSpace Space => space;

    /// <param name="rows">At most <see cref="BaseScores.BlockRows"/> rows.</param>
    /// <param name="priors">Receives one logarithm of odds per row.</param>
    /// <param name="features">Receives the features, row after row.</param>
    public void Read(EncodedRows rows, Span<double> priors, Span<float> features)
    {
        int members = detector.MemberCount;
        float[] buffer = ArrayPool<float>.Shared.Rent(rows.RowCount * (members + 1));
        var scores = buffer.AsSpan(0, rows.RowCount);
        var own = buffer.AsSpan(rows.RowCount, rows.RowCount * members);
        detector.Read(rows, scores, own);
        for (int row = 0; row < rows.RowCount; row++)
        {
            priors[row] = space.Prior.Of(scores[row]);
            space.Apply(
                rows.Cells.Slice(row * rows.ColumnCount, rows.ColumnCount),
                own.Slice(row * members, members),
                features.Slice(row * space.FeatureCount, space.FeatureCount));
        }

        ArrayPool<float>.Shared.Return(buffer);
    }
}
