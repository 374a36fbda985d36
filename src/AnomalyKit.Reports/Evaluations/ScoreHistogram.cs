namespace AnomalyKit;

/// <summary>How the scores of normal rows and of anomalies are distributed: fractions of each, in common bins.</summary>
/// <param name="Edges">The bins' ends, ascending: one more than there are bins.</param>
/// <param name="Normals">The fraction of the normal rows in each bin.</param>
/// <param name="Anomalies">The fraction of the anomalies in each bin.</param>
/// <param name="Threshold">Where the threshold lies, counted in bins from the left.</param>
internal sealed record ScoreHistogram(double[] Edges, double[] Normals, double[] Anomalies, double Threshold)
{
    private const int Bins = 48;

    // From where the greatest score is so many times as far from the median as the least one, bins grow with the scores.
    private const double LongTail = 20;

    public static ScoreHistogram Of(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, double threshold, ReadOnlySpan<float> sorted)
    {
        var finite = Finite(sorted);
        double least = finite.IsEmpty ? 0 : finite[0];
        double greatest = finite.IsEmpty ? 0 : finite[^1];
        double near = finite.IsEmpty ? 0 : finite[finite.Length / 2] - least;
        bool isLong = near > 0 && greatest - least > LongTail * near;
        double width = isLong ? Math.Log(((greatest - least) / near) + 1) : greatest - least;
        var edges = new double[Bins + 1];
        for (int i = 0; i <= Bins; i++)
            edges[i] = least + (isLong ? near * (Math.Exp(width * i / Bins) - 1) : width * i / Bins);

        var counts = new[] { new long[Bins], new long[Bins] };
        long anomalies = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            counts[labels[row] ? 1 : 0][Math.Clamp((int)Position(scores[row]), 0, Bins - 1)]++;
            anomalies += labels[row] ? 1 : 0;
        }

        return new ScoreHistogram(edges, Fractions(counts[0], scores.Length - anomalies), Fractions(counts[1], anomalies), Math.Clamp(Position(threshold), 0, Bins));

        double Position(double score)
        {
            if (width == 0 || !double.IsFinite(score))
                return score > least ? Bins : score < least ? 0 : Bins / 2;
            double distance = Math.Max(score - least, 0);
            return Bins * (isLong ? Math.Log((distance / near) + 1) : distance) / width;
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
