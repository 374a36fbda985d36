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

    /// <summary>The rows that were scored.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>How many of them were anomalies.</summary>
    public long Anomalies => Interlocked.Read(ref _anomalies);

    internal void Add(ReadOnlySpan<float> scores, double threshold, long startedAt)
    {
        int anomalies = 0;
        foreach (float score in scores)
            anomalies += score > threshold ? 1 : 0;
        Interlocked.Add(ref _rows, scores.Length);
        Interlocked.Add(ref _anomalies, anomalies);
        _meters?.Record(scores.Length, anomalies, Stopwatch.GetElapsedTime(startedAt), _tags);
    }
}
