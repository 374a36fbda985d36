using AnomalyKit.Dashboard.Work;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>One scored table as its viewer looks at it. What was searched, shown and opened belongs to its rows and goes with them: the page shows one view, and never parts of two.</summary>
internal sealed class RowsView : IDisposable
{
    public const int PageRows = 50;
    private const int MaxKeptReasons = 10_000;

    private readonly HostBudget _budget;
    private readonly LatestOnly _search = new(), _explaining = new(), _reasoning = new();
    private readonly Dictionary<int, string> _reasons = [];

    public RowsView(ScoredRows rows, HostBudget budget)
    {
        (Rows, _budget) = (rows, budget);
        Strip = ScoreStrip.Of(rows);
    }

    public ScoredRows Rows { get; }

    public ScoreStrip Strip { get; }

    public RowQuery Query { get; private set; } = new();

    /// <summary>The rows that fit the query, in order.</summary>
    public IReadOnlyList<int> Found { get; private set; } = [];

    /// <summary>The page of <see cref="Found"/> that is shown, from 0.</summary>
    public int Page { get; set; }

    public bool IsSearching { get; private set; }

    public OpenedRow? Opened { get; private set; }

    /// <summary>Searches. The rows of before are shown until the new ones are there.</summary>
    public async Task ShowAsync(RowQuery query)
    {
        (Query, IsSearching) = (query, true);
        bool isLatest = true;
        try
        {
            (isLatest, int[]? found) = await _search.RunAsync(stop => _budget.RunShortAsync(() => query.Find(Rows, stop), stop));
            if (isLatest)
                (Found, Page) = (found!, 0);
        }
        finally
        {
            IsSearching &= !isLatest;
        }
    }

    /// <summary>The main reason of an alert; empty where no column speaks against it, null where it is not known yet.</summary>
    public string? ReasonOf(int row) => _reasons.GetValueOrDefault(row);

    /// <summary>Finds the main reasons of the alerts on the page that is shown.</summary>
    public async Task ReasonAsync()
    {
        int[] alerts = [.. Found.Skip(Page * PageRows).Take(PageRows).Where(row => Rows.IsAlert(row) && !_reasons.ContainsKey(row))];
        if (alerts.Length == 0)
            return;
        var (isLatest, found) = await _reasoning.RunAsync(stop => _budget.RunShortAsync(() => Rows.ReasonsOf(alerts, maxReasons: 1, stop), stop));
        if (!isLatest)
            return;
        if (_reasons.Count > MaxKeptReasons)
            _reasons.Clear();
        for (int i = 0; i < alerts.Length; i++)
            _reasons[alerts[i]] = found![i];
    }

    /// <summary>Explains a row and opens it.</summary>
    /// <returns>Whether it is open now; otherwise another one was asked for meanwhile, or nobody waits any more.</returns>
    public async Task<bool> OpenAsync(int row)
    {
        var (isLatest, explanation) = await _explaining.RunAsync(stop => _budget.RunShortAsync(() => Rows.Explain(row, stop), stop));
        if (isLatest)
            Opened = new OpenedRow(row, explanation!);
        return isLatest;
    }

    public void Close()
    {
        _explaining.Stop();
        Opened = null;
    }

    /// <summary>Stops what goes on; the view itself stays good.</summary>
    public void Stop()
    {
        _search.Stop();
        _explaining.Stop();
        _reasoning.Stop();
        IsSearching = false;
    }

    public void Dispose()
    {
        _search.Dispose();
        _explaining.Dispose();
        _reasoning.Dispose();
        Rows.Dispose();
    }
}

/// <summary>A row with its reasons.</summary>
internal sealed record OpenedRow(int Row, Explanation Explanation);
