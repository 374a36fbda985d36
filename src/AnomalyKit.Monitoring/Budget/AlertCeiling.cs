using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The most alerts that people can look at in a window. The window is a number of rows or a length of time, for example a day.</summary>
/// <remarks>
/// A ceiling is a limit and no target: on a quiet day there may be no alert at all. It is never exceeded, not even by tied scores. Alerts are given in the order of the rows; what comes after the last one that the window allows is held back and
/// counted. Not thread-safe; <see cref="ScoreMonitor"/> is.
/// </remarks>
public sealed class AlertCeiling
{
    /// <summary>Sets a ceiling.</summary>
    /// <param name="maxAlerts">The most alerts in a window, at least 0.</param>
    /// <param name="windowRows">How many rows a window has; <see langword="null"/> where windows begin with <see cref="StartWindow"/> only.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AlertCeiling(long maxAlerts, long? windowRows = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxAlerts);
        if (windowRows is < 1)
            throw new ArgumentOutOfRangeException(nameof(windowRows), windowRows, "A window must have at least 1 row.");
        MaxAlerts = maxAlerts;
        WindowRows = windowRows;
    }

    /// <summary>The most alerts in a window.</summary>
    public long MaxAlerts { get; }

    /// <summary>How many rows a window has, if rows end it.</summary>
    public long? WindowRows { get; }

    /// <summary>How many rows of the current window were decided.</summary>
    public long RowsInWindow { get; private set; }

    /// <summary>How many alerts the current window has had.</summary>
    public long AlertsInWindow { get; private set; }

    /// <summary>Begins a window: at midnight, for example.</summary>
    public void StartWindow()
    {
        RowsInWindow = 0;
        AlertsInWindow = 0;
    }

    /// <summary>Takes the next row in.</summary>
    internal AlertDecision Next(AlertDecision wanted)
    {
        if (RowsInWindow == WindowRows)
            StartWindow();
        RowsInWindow++;
        if (wanted != AlertDecision.Alert)
            return wanted;
        if (AlertsInWindow >= MaxAlerts)
            return AlertDecision.HeldBack;
        AlertsInWindow++;
        return AlertDecision.Alert;
    }

    internal void WriteTo(ModelWriter writer)
    {
        writer.Set("max-alerts", MaxAlerts);
        writer.Set("window-rows", WindowRows ?? 0);
        writer.Set("rows", RowsInWindow);
        writer.Set("alerts", AlertsInWindow);
    }

    internal static AlertCeiling Read(ModelReader reader)
    {
        long windowRows = MonitorState.GetCount(reader, "window-rows");
        var ceiling = new AlertCeiling(MonitorState.GetCount(reader, "max-alerts"), windowRows == 0 ? null : windowRows)
        {
            RowsInWindow = MonitorState.GetCount(reader, "rows"),
            AlertsInWindow = MonitorState.GetCount(reader, "alerts"),
        };
        if (ceiling.RowsInWindow > (ceiling.WindowRows ?? long.MaxValue) || ceiling.AlertsInWindow > Math.Min(ceiling.RowsInWindow, ceiling.MaxAlerts))
            throw MonitorState.Error($"its window of {ceiling.RowsInWindow} rows had {ceiling.AlertsInWindow} alerts, and at most {ceiling.MaxAlerts} were allowed");
        return ceiling;
    }
}
