using System.Globalization;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Feeds a detector's scores, batch by batch, to monitors and to an alert budget; the rows behind them to a monitor of the columns, if there is one.</summary>
/// <remarks>
/// <para>
/// <b>Thread-safe.</b> Any number of producers may call it. A batch is taken in whole, one batch at a time: the order of batches is the order in which they get hold of the lock, and within a batch that of its rows. Where the order across producers
/// matters, for example to repeat a run exactly, let one of them feed it. The monitors and the budget belong to it from then on: read them by <see cref="Snapshot"/>.
/// </para>
/// <para>A batch with a score that cannot be watched is refused before anything is changed.</para>
/// </remarks>
public sealed class ScoreMonitor
{
    private const string KindName = "score-monitor";
    private const string EarlierDetections = "earlier-detections";
    private const int ChunkLength = 256;

    private readonly Lock _lock = new();
    private readonly StreamMonitor[] _monitors;
    private readonly AlertBudget? _budget;
    private readonly ColumnMonitor? _columns;

    // What each monitor, and then that of the columns, had detected before it was reset.
    private readonly long[] _earlierDetections;
    private long _count;

    /// <summary>Puts monitors together.</summary>
    /// <param name="monitors">Monitors of the scores, none of them shared with another.</param>
    /// <param name="budget">Decides which scores become alerts, if there is one.</param>
    /// <param name="columns">Watches the rows behind the scores, if there is one.</param>
    /// <exception cref="ArgumentException">A monitor is missing, or listed twice.</exception>
    public ScoreMonitor(IEnumerable<StreamMonitor> monitors, AlertBudget? budget = null, ColumnMonitor? columns = null)
    {
        ArgumentNullException.ThrowIfNull(monitors);
        _monitors = [.. monitors];
        if (_monitors.Contains(null!))
            throw new ArgumentException("One of the monitors is null.", nameof(monitors));
        if (_monitors.Distinct().Count() < _monitors.Length)
            throw new ArgumentException("A monitor is listed twice: each takes every score once. Create one for each place.", nameof(monitors));
        _budget = budget;
        _columns = columns;
        _earlierDetections = new long[_monitors.Length + 1];
    }

    /// <summary>Whether it has an alert budget.</summary>
    public bool HasBudget => _budget is not null;

    /// <summary>Whether it watches the rows behind the scores.</summary>
    public bool HasColumns => _columns is not null;

    /// <summary>Takes in a batch of scores.</summary>
    /// <param name="scores">The scores, in order.</param>
    /// <param name="decisions">Receives the decision for each score; empty if you do not need the decisions. Without a budget every decision is <see cref="AlertDecision.None"/>.</param>
    /// <returns>What the batch led to.</returns>
    /// <exception cref="ArgumentException">The decisions do not have the length of the scores, or a score cannot be watched; nothing was changed.</exception>
    public ScoreUpdate Update(ReadOnlySpan<float> scores, Span<AlertDecision> decisions = default) => Update(scores, null, decisions);

    /// <summary>Takes in a batch of scores and the rows that were scored.</summary>
    /// <param name="scores">The scores, in the order of the rows.</param>
    /// <param name="rows">The rows, with the columns of the column monitor; ignored where there is none.</param>
    /// <param name="decisions">Receives the decision for each score; empty if you do not need the decisions.</param>
    /// <returns>What the batch led to.</returns>
    /// <exception cref="ArgumentException">Lengths or columns differ, or a score cannot be watched; nothing was changed.</exception>
    public ScoreUpdate Update(ReadOnlySpan<float> scores, FeatureMatrix? rows, Span<AlertDecision> decisions = default)
    {
        if (!decisions.IsEmpty && decisions.Length != scores.Length)
            throw new ArgumentException($"There are {scores.Length} scores and room for {decisions.Length} decisions. Give room for one per score, or none.", nameof(decisions));
        if (rows is not null && rows.RowCount != scores.Length)
            throw new ArgumentException($"There are {scores.Length} scores and {rows.RowCount} rows. Give the rows that were scored.", nameof(rows));
        int invalid = IndexOfNaN(scores);
        if (invalid >= 0)
            throw new ArgumentException($"Score {invalid} of the batch is NaN; a number was expected. Score rows without missing cells, or fill them first.", nameof(scores));
        lock (_lock)
        {
            Span<double> chunk = stackalloc double[ChunkLength];
            for (int start = 0; start < scores.Length; start += ChunkLength)
            {
                var values = Widen(scores[start..], chunk);
                foreach (var monitor in _monitors)
                {
                    if (monitor.IsEnabled)
                        monitor.ThrowIfUnacceptable(values, start);
                }
            }

            int detections = rows is null || _columns is null ? 0 : _columns.UpdateAll(rows);
            int alerts = 0;
            int heldBack = 0;
            for (int start = 0; start < scores.Length; start += ChunkLength)
            {
                var values = Widen(scores[start..], chunk);
                foreach (var monitor in _monitors)
                    detections += monitor.UpdateAll(values);
                for (int i = 0; i < values.Length; i++)
                {
                    var decision = _budget?.Decide(values[i]) ?? AlertDecision.None;
                    alerts += decision == AlertDecision.Alert ? 1 : 0;
                    heldBack += decision == AlertDecision.HeldBack ? 1 : 0;
                    if (!decisions.IsEmpty)
                        decisions[start + i] = decision;
                }
            }

            _count += scores.Length;
            return new ScoreUpdate(scores.Length, alerts, heldBack, detections);
        }
    }

    /// <summary>Begins a window of the ceiling of the budget, if there is one.</summary>
    public void StartAlertWindow()
    {
        lock (_lock)
            _budget?.Ceiling?.StartWindow();
    }

    /// <summary>Resets all monitors, for example after a new model was put in place. Budget and references stay.</summary>
    public void ResetMonitors()
    {
        lock (_lock)
        {
            for (int i = 0; i < _monitors.Length; i++)
            {
                _earlierDetections[i] += _monitors[i].DetectionCount;
                _monitors[i].Reset();
            }

            _earlierDetections[^1] += _columns?.DetectionCount ?? 0;
            _columns?.Reset();
        }
    }

    /// <summary>How things stand, between two batches.</summary>
    /// <returns>A copy, which does not change.</returns>
    public ScoreMonitorSnapshot Snapshot()
    {
        lock (_lock)
        {
            var statuses = new List<MonitorStatus>(_monitors.Length + 1);
            for (int i = 0; i < _monitors.Length; i++)
                statuses.Add(MonitorStatus.Of(_monitors[i], _earlierDetections[i]));
            if (_columns is not null)
                statuses.Add(MonitorStatus.Of(_columns, _earlierDetections[^1]));
            return new ScoreMonitorSnapshot
            {
                Count = _count,
                AlertCount = _budget?.AlertCount ?? 0,
                HeldBackCount = _budget?.HeldBackCount ?? 0,
                AlertFraction = _budget?.AlertFraction ?? 0,
                AlertThreshold = _budget?.Threshold.Value,
                Monitors = statuses,
            };
        }
    }

    /// <summary>Saves the state of everything.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination)
    {
        lock (_lock)
            MonitorState.Save(destination, KindName, WriteTo);
    }

    /// <summary>Saves the state of everything to a file that appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path) => MonitorState.Save(path, Save);

    /// <summary>Loads the state of everything.</summary>
    /// <param name="source">What <see cref="Save(Stream)"/> wrote.</param>
    /// <returns>A monitor that continues from the saved state.</returns>
    /// <exception cref="ModelFormatException">The state is cut, corrupt or of something else.</exception>
    public static ScoreMonitor Load(Stream source) => MonitorState.Load(source, (kind, reader) => kind == KindName
        ? Read(reader)
        : throw MonitorState.Error($"it holds a '{kind}', and a score monitor was expected"));

    /// <inheritdoc cref="Load(Stream)"/>
    /// <param name="path">The file.</param>
    public static ScoreMonitor Load(string path) => MonitorState.Load(path, Load);

    private static ScoreMonitor Read(ModelReader reader)
    {
        long count = MonitorState.GetCount(reader, "count");
        var monitors = new List<StreamMonitor>();
        for (; reader.TryGetString($"monitor-{monitors.Count}", out string? kind);)
        {
            monitors.Add(MonitorKinds.Read(kind, reader.Scope($"monitor-{monitors.Count}"), subject: null) as StreamMonitor
                ?? throw MonitorState.Error($"monitor {monitors.Count} is a '{kind}', which watches no scores"));
        }

        var budget = MonitorState.GetBoolean(reader, "budget") ? AlertBudget.Read(reader.Scope("budget")) : null;
        var columns = MonitorState.GetBoolean(reader, "columns") ? (ColumnMonitor)MonitorKinds.Read(ColumnMonitor.KindName, reader.Scope("columns"), subject: null) : null;
        var monitor = new ScoreMonitor(monitors, budget, columns) { _count = count };
        // Absent in states of monitors that were never reset, and of earlier builds.
        if (reader.HasArray(EarlierDetections))
            monitor.ReadEarlier(reader.GetInt64s(EarlierDetections, monitors.Count + 1));
        return monitor;
    }

    private void ReadEarlier(long[] earlier)
    {
        for (int i = 0; i < earlier.Length; i++)
            _earlierDetections[i] = earlier[i] is >= 0 and <= MonitorState.MaxCount ? earlier[i] : throw MonitorState.Error($"monitor {i} is said to have detected drift {earlier[i]} times before it was reset");
    }

    private static int IndexOfNaN(ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return i;
        }

        return -1;
    }

    private static Span<double> Widen(ReadOnlySpan<float> scores, Span<double> room)
    {
        var values = room[..Math.Min(room.Length, scores.Length)];
        for (int i = 0; i < values.Length; i++)
            values[i] = scores[i];
        return values;
    }

    private void WriteTo(ModelWriter writer)
    {
        writer.Set("count", _count);
        if (Array.Exists(_earlierDetections, earlier => earlier > 0))
            writer.Add<long>(EarlierDetections, _earlierDetections);
        for (int i = 0; i < _monitors.Length; i++)
        {
            writer.Set(string.Create(CultureInfo.InvariantCulture, $"monitor-{i}"), _monitors[i].Kind);
            _monitors[i].WriteTo(writer.Scope(string.Create(CultureInfo.InvariantCulture, $"monitor-{i}")));
        }

        writer.Set("budget", _budget is null ? 0L : 1L);
        _budget?.WriteTo(writer.Scope("budget"));
        writer.Set("columns", _columns is null ? 0L : 1L);
        _columns?.WriteTo(writer.Scope("columns"));
    }
}
