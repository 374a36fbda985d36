using System.Diagnostics;

namespace AnomalyKit;

/// <summary>What one version of a model has scored since it was loaded.</summary>
public sealed class ModelCounts
{
    private readonly ServingMeters? _meters;
    private readonly TagList _tags;
    private long _rows;
    private long _anomalies;

    internal ModelCounts(string name, string version, ServingMeters? meters)
    {
        _meters = meters;
        _tags = new TagList { { ServingMeters.ModelTag, name }, { ServingMeters.VersionTag, version } };
    }

    /// <summary>The rows that were scored, without those of requests that were refused in the end (<see cref="ModelRequest"/>).</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>How many of them were anomalies.</summary>
    public long Anomalies => Interlocked.Read(ref _anomalies);

    internal static int AnomaliesAmong(ReadOnlySpan<float> scores, double threshold)
    {
        int anomalies = 0;
        foreach (float score in scores)
            anomalies += score > threshold ? 1 : 0;
        return anomalies;
    }

    /// <summary>Records how long a call of the detector took.</summary>
    internal void AddCall(long startedAt) => _meters?.RecordCall(Stopwatch.GetElapsedTime(startedAt), _tags);

    /// <summary>Counts rows that were answered.</summary>
    internal void AddRows(long rows, long anomalies)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _anomalies, anomalies);
        _meters?.CountRows(rows, anomalies, _tags);
    }
}
