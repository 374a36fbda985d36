using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The kinds of monitors that saved states may hold.</summary>
internal static class MonitorKinds
{
    public static DriftMonitor Read(string kind, ModelReader reader, string? subject)
    {
        string actual = reader.GetString("subject");
        if (subject is not null && subject != actual)
        {
            throw new ModelFormatException(
                $"This saved state belongs to a monitor of '{actual}', and one of '{subject}' was expected. Load the state of '{subject}', or start a new monitor.");
        }

        try
        {
            DriftMonitor monitor = kind switch
            {
                ConformalMonitor.KindName => ConformalMonitor.Read(reader, actual),
                ReferenceMonitor.KindName => ReferenceMonitor.Read(reader, actual),
                ColumnMonitor.KindName => ColumnMonitor.Read(reader, actual),
                AdwinMonitor.KindName => AdwinMonitor.Read(reader, actual),
                PageHinkleyMonitor.KindName => PageHinkleyMonitor.Read(reader, actual),
                RankCusumMonitor.KindName => RankCusumMonitor.Read(reader, actual),
                _ => throw MonitorState.Error($"the kind '{kind}' is unknown"),
            };
            return monitor;
        }
        catch (ArgumentException exception)
        {
            // Options are checked where they are set.
            throw MonitorState.Error("one of its options is out of range", exception);
        }
    }
}
