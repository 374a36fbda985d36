using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Turns scores into alerts: a threshold that says which scores are worth one, and a ceiling on how many there may be.</summary>
/// <remarks>
/// <para>Two different wishes have two different parts. <i>About so many of a hundred rows, whatever happens</i> is a share: <see cref="TrackingThreshold"/>. <i>Never more than so many a day</i> is a ceiling: <see cref="AlertCeiling"/>.
/// They can be combined with each other, and each with a fixed threshold.</para>
/// <para>The whole state can be saved. Not thread-safe; <see cref="ScoreMonitor"/> is.</para>
/// </remarks>
public sealed class AlertBudget
{
    private const string KindName = "alert-budget";

    /// <summary>Starts a budget.</summary>
    /// <param name="threshold">Which scores are worth an alert.</param>
    /// <param name="ceiling">How many alerts there may be; no limit where it is <see langword="null"/>.</param>
    public AlertBudget(AlertThreshold threshold, AlertCeiling? ceiling = null)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        Threshold = threshold;
        Ceiling = ceiling;
    }

    /// <summary>Which scores are worth an alert.</summary>
    public AlertThreshold Threshold { get; }

    /// <summary>How many alerts there may be, if there is a limit.</summary>
    public AlertCeiling? Ceiling { get; }

    /// <summary>How many scores were decided.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them became alerts.</summary>
    public long AlertCount { get; private set; }

    /// <summary>How many were high enough for an alert and were held back.</summary>
    public long HeldBackCount { get; private set; }

    /// <summary>The fraction of scores that became alerts; 0 before the first score.</summary>
    public double AlertFraction => Count == 0 ? 0 : (double)AlertCount / Count;

    /// <summary>Decides the next score.</summary>
    /// <param name="score">Any number but NaN.</param>
    /// <returns>What becomes of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN; nothing was changed.</exception>
    public AlertDecision Decide(double score)
    {
        if (double.IsNaN(score))
            throw new ArgumentOutOfRangeException(nameof(score), score, $"Score {Count} is NaN; a number was expected. Score rows without missing cells, or fill them first.");
        var decision = Threshold.Next(score);
        if (Ceiling is not null)
            decision = Ceiling.Next(decision);
        Count++;
        if (decision == AlertDecision.Alert)
            AlertCount++;
        else if (decision == AlertDecision.HeldBack)
            HeldBackCount++;
        return decision;
    }

    /// <summary>Saves the state.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination) => MonitorState.Save(destination, KindName, WriteTo);

    /// <summary>Saves the state to a file that appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path) => MonitorState.Save(path, Save);

    /// <summary>Loads a budget.</summary>
    /// <param name="source">What <see cref="Save(Stream)"/> wrote.</param>
    /// <returns>The budget, as it was.</returns>
    /// <exception cref="ModelFormatException">The state is cut, corrupt or of something else.</exception>
    public static AlertBudget Load(Stream source) => MonitorState.Load(source, (kind, reader) => kind == KindName
        ? Read(reader)
        : throw MonitorState.Error($"it holds a '{kind}', and an alert budget was expected"));

    /// <inheritdoc cref="Load(Stream)"/>
    /// <param name="path">The file.</param>
    public static AlertBudget Load(string path) => MonitorState.Load(path, Load);

    internal void WriteTo(ModelWriter writer)
    {
        writer.Set("count", Count);
        writer.Set("alerts", AlertCount);
        writer.Set("held-back", HeldBackCount);
        var threshold = writer.Scope("threshold");
        threshold.Set("kind", Threshold.Kind);
        Threshold.WriteTo(threshold);
        writer.Set("ceiling", Ceiling is null ? 0L : 1L);
        Ceiling?.WriteTo(writer.Scope("ceiling"));
    }

    internal static AlertBudget Read(ModelReader reader)
    {
        try
        {
            var budget = new AlertBudget(
                AlertThreshold.Read(reader.Scope("threshold")), MonitorState.GetBoolean(reader, "ceiling") ? AlertCeiling.Read(reader.Scope("ceiling")) : null)
            {
                Count = MonitorState.GetCount(reader, "count"),
                AlertCount = MonitorState.GetCount(reader, "alerts"),
                HeldBackCount = MonitorState.GetCount(reader, "held-back"),
            };
            if (budget.AlertCount + budget.HeldBackCount > budget.Count)
                throw MonitorState.Error($"{budget.AlertCount} alerts and {budget.HeldBackCount} held back of {budget.Count} scores do not fit");
            return budget;
        }
        catch (ArgumentException exception)
        {
            throw MonitorState.Error("one of its options is out of range", exception);
        }
    }
}
