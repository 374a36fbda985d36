using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Watches a stream and says when it is no longer what it was.</summary>
/// <remarks>
/// <para>
/// What a detection means, and how often one comes without a change, is stated by each monitor. A monitor whose <see cref="Detects"/> is <see cref="DetectionMode.Once"/> compares with what was before: it detects once and then stays
/// silent until <see cref="Reset"/>, because the change that it has found goes on. One whose mode is <see cref="DetectionMode.EachChange"/> takes what it has found as the new normal and detects the next change.
/// </para>
/// <para>
/// The whole state can be saved: a monitor that was saved, loaded and fed gives the same numbers and detections, bit for bit, as one that ran on. Memory does not grow with the stream beyond what each monitor
/// states. Not thread-safe; <see cref="ScoreMonitor"/> is.
/// </para>
/// </remarks>
public abstract class DriftMonitor
{
    private protected DriftMonitor()
    {
    }

    /// <summary>What is watched, for example the name of a column or of a model version: kept in saved states, so that a state is not loaded for something else. Empty by default.</summary>
    public string Subject { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = string.Empty;

    /// <summary>Whether it watches; <see langword="true"/> by default. A monitor that is switched off ignores what it is fed, and is still off when its state is loaded.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The kind of monitor, as saved states and meters name it, for example <c>adwin</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether it detects one change or each.</summary>
    public abstract DetectionMode Detects { get; }

    /// <summary>The evidence for a change, in the unit that the monitor states: the more, the stronger.</summary>
    public abstract double Statistic { get; }

    /// <summary>Drift is detected when <see cref="Statistic"/> reaches this.</summary>
    public abstract double Limit { get; }

    /// <summary>How many values or rows were watched.</summary>
    public long Count { get; private protected set; }

    /// <summary>How often drift was detected.</summary>
    public long DetectionCount { get; private set; }

    /// <summary>The value or row, counted from 1, at which drift was detected first, or <see langword="null"/>.</summary>
    public long? FirstDetectedAt { get; private set; }

    /// <summary>The value or row, counted from 1, at which drift was detected last, or <see langword="null"/>.</summary>
    public long? LastDetectedAt { get; private set; }

    /// <summary>Forgets what was watched and detected, and starts again. A reference sample stays.</summary>
    public void Reset()
    {
        Count = 0;
        DetectionCount = 0;
        FirstDetectedAt = null;
        LastDetectedAt = null;
        Restart();
    }

    /// <summary>Saves the state.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination) => MonitorState.Save(destination, Kind, WriteTo);

    /// <summary>Saves the state to a file that appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path) => MonitorState.Save(path, Save);

    /// <summary>Loads a monitor of any kind.</summary>
    /// <param name="source">What <see cref="Save(Stream)"/> wrote.</param>
    /// <param name="subject">What it must have watched; <see langword="null"/> accepts any.</param>
    /// <returns>The monitor, as it was.</returns>
    /// <exception cref="ModelFormatException">The state is cut, corrupt or of something else, or the monitor watched another subject.</exception>
    public static DriftMonitor Load(Stream source, string? subject = null) =>
        MonitorState.Load(source, (kind, reader) => MonitorKinds.Read(kind, reader, subject));

    /// <inheritdoc cref="Load(Stream, string?)"/>
    /// <param name="path">The file.</param>
    /// <param name="subject">What it must have watched; <see langword="null"/> accepts any.</param>
    public static DriftMonitor Load(string path, string? subject = null) => MonitorState.Load(path, stream => Load(stream, subject));

    internal void WriteTo(ModelWriter writer)
    {
        writer.Set("subject", Subject);
        writer.Set("enabled", IsEnabled ? 1L : 0L);
        writer.Set("count", Count);
        writer.Set("detections", DetectionCount);
        writer.Set("first", FirstDetectedAt ?? 0);
        writer.Set("last", LastDetectedAt ?? 0);
        WriteState(writer);
    }

    /// <summary>Takes on the counters of a saved state.</summary>
    internal void ReadCounters(ModelReader reader)
    {
        IsEnabled = MonitorState.GetBoolean(reader, "enabled");
        Count = MonitorState.GetCount(reader, "count");
        DetectionCount = MonitorState.GetCount(reader, "detections");
        long first = MonitorState.GetCount(reader, "first");
        long last = MonitorState.GetCount(reader, "last");
        bool any = DetectionCount > 0;
        if (any != first > 0 || any != last > 0 || first > last || last > Count || DetectionCount > Count || (Detects == DetectionMode.Once && DetectionCount > 1))
            throw MonitorState.Error($"{DetectionCount} detections from {first} to {last} of {Count} values do not fit");
        FirstDetectedAt = any ? first : null;
        LastDetectedAt = any ? last : null;
    }

    private protected abstract void Restart();

    private protected abstract void WriteState(ModelWriter writer);

    /// <summary>Counts one value or row, and what it led to.</summary>
    /// <param name="reached">Whether the limit is reached.</param>
    /// <returns>Whether that is a detection.</returns>
    private protected bool Counted(bool reached)
    {
        if (!reached || (Detects == DetectionMode.Once && DetectionCount > 0))
            return false;
        DetectionCount++;
        FirstDetectedAt ??= Count;
        LastDetectedAt = Count;
        return true;
    }
}
