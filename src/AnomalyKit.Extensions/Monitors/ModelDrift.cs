namespace AnomalyKit;

/// <summary>How a model's live rows compare with those that it was fitted on, at one moment.</summary>
public sealed class ModelDrift
{
    /// <summary>Since when the model is watched.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>One row in so many was looked at.</summary>
    public required int SampleEvery { get; init; }

    /// <summary>The rows that were looked at.</summary>
    public required long SampledRows { get; init; }

    /// <summary>The rows that should have been looked at and were not, because too many came in a second.</summary>
    public required long SkippedRows { get; init; }

    /// <summary>So many rows make a full window.</summary>
    public required int WindowRows { get; init; }

    /// <summary>The rows in the window that is being filled.</summary>
    public required long CurrentWindowRows { get; init; }

    /// <summary>About how many more rows must be scored until the window is full and is compared: those that it lacks, times <see cref="SampleEvery"/>.</summary>
    public long RowsUntilComparison { get; init; }

    /// <summary>From when on the window is compared although it is not full, once it has enough rows; null for never (<see cref="ModelMonitoringOptions.WindowDuration"/>).</summary>
    public DateTimeOffset? TimedComparisonAt { get; init; }

    /// <summary>About how many more rows must be scored until the window has enough rows to be compared at <see cref="TimedComparisonAt"/>; 0 where it has them.</summary>
    public long RowsUntilTimedComparison { get; init; }

    /// <summary>The last window, full or of the longest duration, against the training rows; null before the first one ended.</summary>
    public DriftComparison? Comparison { get; init; }

    /// <summary>When the window of <see cref="Comparison"/> began.</summary>
    public DateTimeOffset? ComparedSince { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? ComparedUntil { get; init; }

    /// <summary>Those of <see cref="ModelMonitoringOptions.IgnoredColumns"/> that the model has: they are not compared.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>The monitors of the stream of scores. They start again once a whole window after their detection is like the training rows. Empty without <see cref="ModelMonitoringOptions.WatchesStream"/>.</summary>
    public required IReadOnlyList<MonitorStatus> Monitors { get; init; }

    /// <summary>Whether the last window differs from the training rows, or a monitor has detected drift and no whole window since then was like them.</summary>
    public bool IsDrifted => Comparison?.IsDrifted == true || Monitors.Any(monitor => monitor.DetectionCount > 0);

    /// <summary>All this in words: how the last window compares, or how long it takes until one is compared; which rows were skipped, and which monitors found a change.</summary>
    /// <value>A few sentences in one line, as <c>summary</c> of <c>GET /v1/models/NAME/drift</c>.</value>
    public string Summary
    {
        get
        {
            string[] detected = [.. Monitors.Where(monitor => monitor.DetectionCount > 0).Select(monitor => monitor.Subject)];
            string window = Comparison is { } comparison ? $"The last window against the training rows: {comparison}." : Waiting();
            if (SkippedRows > 0)
                window += FormattableString.Invariant($" {SkippedRows} rows came too fast to be looked at.");
            return detected.Length == 0 ? window : $"{window} The stream changed since it was first watched: {string.Join(", ", detected)}.";
        }
    }

    /// <summary>The <see cref="Summary"/>.</summary>
    public override string ToString() => Summary;

    private string Waiting()
    {
        string every = SampleEvery == 1 ? "" : FormattableString.Invariant($" One row in {SampleEvery} is sampled.");
        string full = FormattableString.Invariant($"No window was compared yet: {CurrentWindowRows} of {WindowRows} rows have been sampled.{every} The first comparison comes after about {RowsUntilComparison} more rows");
        if (TimedComparisonAt is not { } at)
            return full + ".";
        return RowsUntilTimedComparison == 0
            ? FormattableString.Invariant($"{full}, or at {at:yyyy-MM-dd HH:mm} UTC, whichever is first.")
            : FormattableString.Invariant($"{full}, or after about {RowsUntilTimedComparison} more rows from {at:yyyy-MM-dd HH:mm} UTC on.");
    }
}
