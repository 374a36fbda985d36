namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>Why one run's alerts are alerts.</summary>
internal sealed record AlertReasons
{
    /// <summary>How many alerts are explained one by one.</summary>
    public const int Shown = 10;

    /// <summary>How many alerts, at most, the summary is made of.</summary>
    public const int Summarized = 500;

    public required RunResult Run { get; init; }

    /// <summary>The ten rows with the highest scores, the highest first.</summary>
    public required IReadOnlyList<ExplainedAlert> Alerts { get; init; }

    /// <summary>The contributions of the alerts that the summary is made of, row after row.</summary>
    public required AttributionBatch Summary { get; init; }

    /// <summary>Those alerts' rows.</summary>
    public required FeatureMatrix SummaryRows { get; init; }

    /// <summary>How many alerts there are in all.</summary>
    public required int AlertCount { get; init; }

    /// <summary>Explains the highest alerts of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="threads">The most threads, or −1 for all processors.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static AlertReasons Of(ScoredRun run, int threads, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, run.Scores.Length).OrderByDescending(row => run.Scores[row]).ThenBy(row => row).Take(Summarized)];
        int alerts = run.Scores.Count(score => score > run.Result.Threshold);
        var alerted = run.Rows.SelectRows(order.AsSpan(0, Math.Max(Math.Min(alerts, order.Length), 1)));
        var labels = run.Labels.Span;
        var shown = new List<ExplainedAlert>();
        foreach (int row in order.Take(Shown))
        {
            cancellationToken.ThrowIfCancellationRequested();
            shown.Add(new ExplainedAlert(row, labels[row], run.Detector.Explain(run.Rows, row)));
        }

        return new AlertReasons
        {
            Run = run.Result,
            Alerts = shown,
            SummaryRows = alerted,
            Summary = run.Detector.Attribute(alerted, new AttributionOptions { MaxDegreeOfParallelism = threads }, cancellationToken),
            AlertCount = alerts,
        };
    }
}
