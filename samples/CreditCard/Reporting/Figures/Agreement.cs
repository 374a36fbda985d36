namespace AnomalyKit.Samples.CreditCard.Reporting.Figures;

/// <summary>How far detectors flag the same rows at their own thresholds. All runs must have scored the same rows.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Both">For each pair of runs, the number of rows that both flag; on the diagonal, that one flags.</param>
/// <param name="ByCount">At index k, the number of rows that exactly k of the runs flag.</param>
internal sealed record Agreement(IReadOnlyList<PageRun> Runs, int[,] Both, int[] ByCount)
{
    /// <summary>Counts over the frauds, or over the normal rows.</summary>
    public static Agreement Of(IReadOnlyList<PageRun> runs, bool frauds)
    {
        int[,] both = new int[runs.Count, runs.Count];
        int[] byCount = new int[runs.Count + 1];
        var labels = runs[0].Scores.Labels.Span;
        var flagging = new List<int>(runs.Count);
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] != frauds)
                continue;
            flagging.Clear();
            for (int i = 0; i < runs.Count; i++)
            {
                if (runs[i].Scores.Scores[row] > runs[i].Result.Threshold)
                    flagging.Add(i);
            }

            byCount[flagging.Count]++;
            foreach (int a in flagging)
            {
                foreach (int b in flagging)
                    both[a, b]++;
            }
        }

        return new Agreement(runs, both, byCount);
    }

    /// <summary>Of the rows that either of two runs flags, the share that both flag; null where neither flags any.</summary>
    public double? Share(int a, int b)
    {
        int either = Both[a, a] + Both[b, b] - Both[a, b];
        return either == 0 ? null : (double)Both[a, b] / either;
    }
}
