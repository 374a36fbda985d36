using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Draws rows with replacement, as many anomalies and as many normal rows as there were.</summary>
internal static class Resampling
{
    public static FoldScores Draw(FoldScores part, ulong seed, ulong stream)
    {
        var random = new CounterRandom(seed, stream);
        int[][] classes = [RowsOf(part.Labels, label: true), RowsOf(part.Labels, label: false)];
        var (labels, scores) = (new bool[part.Labels.Length], new float[part.Labels.Length]);
        int at = 0;
        foreach (int[] rows in classes)
        {
            for (int i = 0; i < rows.Length; i++, at++)
            {
                int row = rows[random.NextInt32(rows.Length)];
                (labels[at], scores[at]) = (part.Labels[row], part.Scores[row]);
            }
        }

        return new FoldScores(labels, scores);
    }

    private static int[] RowsOf(bool[] labels, bool label) => [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label)];
}
