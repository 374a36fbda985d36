using AnomalyKit.Charts;

namespace AnomalyKit;

/// <summary>How the scores of normal rows and of anomalies are distributed: fractions of each, in common bins.</summary>
/// <param name="Edges">The bins' ends, ascending: one more than there are bins.</param>
/// <param name="Normals">The fraction of the normal rows in each bin.</param>
/// <param name="Anomalies">The fraction of the anomalies in each bin.</param>
/// <param name="Threshold">Where the threshold lies, counted in bins from the left.</param>
/// <param name="IsLogarithmic">Whether the bins grow with the distance from the least score.</param>
internal sealed record ScoreHistogram(double[] Edges, double[] Normals, double[] Anomalies, double Threshold, bool IsLogarithmic)
{
    private const int Bins = 48;

    public static ScoreHistogram Of(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, double threshold, ReadOnlySpan<float> sorted)
    {
        var finite = Finite(sorted);
        var scale = finite.IsEmpty ? default : ScoreScale.Of(finite[0], finite[finite.Length / 2], finite[^1]);
        double from = scale.Position(scale.Least);
        double width = scale.Position(scale.Greatest) - from;
        var counts = new[] { new long[Bins], new long[Bins] };
        long anomalies = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            counts[labels[row] ? 1 : 0][Math.Clamp((int)Position(scores[row]), 0, Bins - 1)]++;
            anomalies += labels[row] ? 1 : 0;
        }

        return new ScoreHistogram(scale.Edges(Bins), Fractions(counts[0], scores.Length - anomalies), Fractions(counts[1], anomalies), Math.Clamp(Position(threshold), 0, Bins), scale.IsLogarithmic);

        double Position(double score)
        {
            if (width == 0 || !double.IsFinite(score))
                return score > scale.Least ? Bins : score < scale.Least ? 0 : Bins / 2;
            return Bins * Math.Max(scale.Position(score) - from, 0) / width;
        }
    }

    private static ReadOnlySpan<float> Finite(ReadOnlySpan<float> sorted)
    {
        int start = 0;
        while (start < sorted.Length && float.IsNegativeInfinity(sorted[start]))
            start++;
        int end = sorted.Length;
        while (end > start && float.IsPositiveInfinity(sorted[end - 1]))
            end--;
        return sorted[start..end];
    }

    private static double[] Fractions(long[] counts, long total) => Array.ConvertAll(counts, count => total == 0 ? 0 : (double)count / total);
}
