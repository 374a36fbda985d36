namespace AnomalyKit;

/// <summary>What a search found: the setting to use, the value that it was selected on, and an estimate of what it is worth on new rows.</summary>
public sealed record SearchResult
{
    internal SearchResult()
    {
    }

    /// <summary>The trainer of the best setting. Fit it on all rows.</summary>
    public required IDetectorTrainer Trainer { get; init; }

    /// <summary>The trainer of the best setting behind its preparation; null where the search was over a matrix.</summary>
    public TableTrainer? TableTrainer { get; init; }

    /// <summary>The name of the metric.</summary>
    public required string MetricName { get; init; }

    /// <summary>
    /// The value of the best setting, on the rows that it was selected on. The best of many values is too good to be true by the luck that was selected along with it: report <see cref="Estimate"/>.
    /// </summary>
    public required double BestValue { get; init; }

    /// <summary>
    /// The honest figure: the rows are split again, the whole search runs on one part, and the setting that it selects is measured on the other part. Null where the search was not nested, or could not be: see
    /// <see cref="EstimateProblem"/>.
    /// </summary>
    public SearchEstimate? Estimate { get; init; }

    /// <summary>What the unchanged trainer reaches on the same outer folds as <see cref="Estimate"/>; null without it, or where that trainer cannot be fitted.</summary>
    public SearchEstimate? DefaultEstimate { get; init; }

    /// <summary>Why there is no estimate although one was asked for, for example too few anomalies; null where there is one.</summary>
    public string? EstimateProblem { get; init; }

    /// <summary>
    /// What the search of each outer fold selected, in their order; empty without an <see cref="Estimate"/>. The estimate is that of these settings and not of <see cref="Best"/>: it tells what the search is worth. If they differ much from each other,
    /// the search has not settled.
    /// </summary>
    public IReadOnlyList<SearchTrial> OuterBest { get; init; } = [];

    /// <summary>
    /// Whether <see cref="Estimate"/> is better than <see cref="BestValue"/>, although each outer search saw fewer rows, and some of them selected other settings: these may be better than <see cref="Best"/>, and more trials may find one of their kind. False without
    /// an estimate.
    /// </summary>
    public bool IsUnsettled { get; init; }

    /// <summary>The best setting: one of <see cref="Trials"/>, or <see cref="Default"/> where none was better.</summary>
    public required SearchTrial Best { get; init; }

    /// <summary>The unchanged trainer, which is always tried first. So the search never selects a setting that was worse on these folds.</summary>
    public required SearchTrial Default { get; init; }

    /// <summary>All trials, by number.</summary>
    public required IReadOnlyList<SearchTrial> Trials { get; init; }

    /// <summary>How many folds were made; fewer than asked for where there were too few anomalies.</summary>
    public required int FoldCount { get; init; }

    /// <summary>How trials could end early: <see cref="DetectorSearch.Pruning"/> without the rungs that would have too few rows. Null if every trial went to its end, either because no pruning was asked for or because there are too few rows for it.</summary>
    public SuccessiveHalving? Pruning { get; init; }

    /// <summary>The first problem of the tracker, which then kept less than all; null where there was none.</summary>
    public string? TrackingProblem { get; init; }

    /// <summary>The best setting, its value and the estimate.</summary>
    /// <returns>One line.</returns>
    public override string ToString() =>
        $"{Best} ({MetricName}, selected on); {(Estimate is null ? "no estimate of its value on new rows" : $"estimate on rows not selected on {Estimate}")}";
}
