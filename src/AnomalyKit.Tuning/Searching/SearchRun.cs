using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>A whole search: one pass on all rows, which selects, and one for each outer fold, which estimate.</summary>
internal sealed class SearchRun
{
    private readonly SearchPlan _plan;
    private int _done;
    private double? _best;

    public SearchRun(DetectorSearch search, SearchRows rows, Setting start, SearchOptions options, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        int fewest = SmallestFit.RowsOf(rows, search);
        var pruning = search.Pruning?.On(fewest);
        _plan = new SearchPlan(
            search,
            rows,
            start,
            options,
            search.Space ?? BuiltInSpace.For(start, rows, fewest, pruning),
            pruning,
            new MemoryGate(search.MaxMemoryBytes ?? MemoryGate.DefaultBudget),
            ParallelBlocks.ResolveThreads(options.MaxDegreeOfParallelism),
            token);
        start.Check(_plan.Space);
    }

    public SearchResult Run()
    {
        using (var tracking = new SearchTracking(_plan))
        {
            int[] all = [.. Enumerable.Range(0, _plan.Rows.Count)];
            var (outer, problem) = OuterFolds(all);
            int total = (1 + outer.Count) * (1 + _plan.Search.TrialCount);
            var pass = new SearchPass(_plan, all, _plan.Options.StudyName)
            {
                Measured = tracking.Measured,
                Ended = trial =>
                {
                    tracking.Ended(trial);
                    if (trial is { State: TrialState.Finished, Value: { } value } && (_best is null || _plan.Search.Metric.IsBetter(value, _best.Value)))
                        _best = value;
                    Report("searching", total);
                },
            }.Run();
            var nested = new NestedEstimate(_plan, outer, fold => Report($"estimating, outer fold {fold + 1} of {outer.Count}", total));
            var estimate = outer.Count == 0 ? default : nested.Run();
            var result = new SearchResult
            {
                Trainer = pass.Setting.Trainer,
                TableTrainer = pass.Setting.Preparation is null ? null : pass.Setting.OnTables,
                MetricName = _plan.Search.Metric.Name,
                BestValue = pass.Best.Value!.Value,
                Best = pass.Best,
                Default = pass.Default,
                Trials = pass.Trials,
                FoldCount = pass.FoldCount,
                Pruning = _plan.Pruning,
                Estimate = estimate.Estimate,
                DefaultEstimate = estimate.Default,
                EstimateProblem = problem ?? estimate.Problem,
                OuterBest = estimate.Estimate is null ? [] : nested.Selected.AsReadOnly(),
                IsUnsettled = estimate.Estimate is { } found && _plan.Search.Metric.IsBetter(found.Value, pass.Best.Value!.Value)
                    && nested.Selected.Any(trial => !trial.Options.OrderBy(option => option.Key, StringComparer.Ordinal).SequenceEqual(pass.Best.Options.OrderBy(option => option.Key, StringComparer.Ordinal))),
            };
            return tracking.Complete(result);
        }
    }

    private (IReadOnlyList<ValidationFold> Folds, string? Problem) OuterFolds(int[] all)
    {
        if (_plan.Search.OuterFolds == 0)
            return ([], null);
        try
        {
            return (_plan.Search.Split.Divide(_plan.Rows, all, _plan.Search.OuterFolds), null);
        }
        catch (ArgumentException problem)
        {
            return ([], problem.Message);
        }
    }

    private void Report(string stage, int total) => _plan.Options.Progress?.Report(new SearchProgress(stage, ++_done, total, _best));
}
