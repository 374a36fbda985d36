namespace AnomalyKit;

/// <summary>Keeps the rows of the highest scores; of equal ones those that came first.</summary>
internal sealed class TopRows(int count)
{
    // Sorting is put off until as many rows as these wait.
    private const int MinWaiting = 1 << 14;

    private readonly List<ScoredRows> _waiting = [];
    private long _waitingRows;
    private float _least = float.NegativeInfinity;

    public void Add(ScoredRows rows)
    {
        if (_waiting.Count > 0 && !float.IsNegativeInfinity(_least))
            rows = rows.Above(_least);
        _waiting.Add(rows);
        _waitingRows += rows.Scores.Length;
        if (_waitingRows > Math.Max(MinWaiting, 2L * count))
            Shrink();
    }

    /// <summary>The rows in descending order of their scores; null where no table came.</summary>
    public ScoredRows? Take()
    {
        if (_waiting.Count == 0)
            return null;
        Shrink();
        return _waiting[0];
    }

    private void Shrink()
    {
        var all = ScoredRows.Concat(_waiting);
        int[] order = [.. Enumerable.Range(0, all.Scores.Length).OrderByDescending(row => all.Scores[row]).Take(count)];
        var kept = all.Select(order);
        _waiting.Clear();
        _waiting.Add(kept);
        _waitingRows = kept.Scores.Length;
        if (kept.Scores.Length == count)
            _least = kept.Scores[^1];
    }
}
