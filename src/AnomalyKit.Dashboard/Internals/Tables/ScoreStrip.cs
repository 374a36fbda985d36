using AnomalyKit.Charts;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>All scores of a table, in the order of the rows, as a drawing can show them: the least and the greatest score of every step across, and each alert as a mark of its own.</summary>
/// <param name="Ranges">Of each step across, from the left: the first row, the least and the greatest score.</param>
/// <param name="Marks">Rows of alerts that are marked: all, or the highest where there are very many.</param>
/// <param name="Scale">How high a score is drawn.</param>
internal sealed record ScoreStrip(IReadOnlyList<(int Row, float Least, float Greatest)> Ranges, IReadOnlyList<int> Marks, ScoreScale Scale)
{
    /// <summary>So many steps are drawn.</summary>
    public const int Steps = 600;

    /// <summary>So many marks are drawn.</summary>
    public const int MaxMarks = 1000;

    public static ScoreStrip Of(ScoredRows rows)
    {
        int steps = Math.Min(Steps, rows.Count);
        var ranges = new (int, float, float)[steps];
        for (int step = 0; step < steps; step++)
        {
            int from = (int)((long)rows.Count * step / steps);
            int to = (int)((long)rows.Count * (step + 1) / steps);
            var scores = new ArraySegment<float>(rows.Scores, from, to - from);
            ranges[step] = (from, scores.Min(), scores.Max());
        }

        float[] sorted = [.. rows.Scores.Where(float.IsFinite)];
        Array.Sort(sorted);
        var scale = sorted.Length > 0 ? ScoreScale.Of(sorted[0], sorted[sorted.Length / 2], sorted[^1]) : default;
        int[] alerts = [.. Enumerable.Range(0, rows.Count).Where(rows.IsAlert)];
        return new ScoreStrip(ranges, alerts.Length <= MaxMarks ? alerts : [.. alerts.OrderByDescending(row => rows.Scores[row]).Take(MaxMarks)], scale);
    }
}
