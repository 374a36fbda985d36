using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AnomalyKit;

/// <summary>The meter and the instruments of serving.</summary>
public sealed class ServingMeters
{
    /// <summary>The name of the meter, and of the source of activities.</summary>
    public const string MeterName = "AnomalyKit.Serving";

    /// <summary>Counter, {row}, by model and version: rows scored.</summary>
    public const string Rows = "anomalykit.serving.rows";

    /// <summary>Counter, {row}, by model and version: rows that were anomalies.</summary>
    public const string Anomalies = "anomalykit.serving.anomalies";

    /// <summary>Histogram, s, by model and version: how long one call of the detector took.</summary>
    public const string Duration = "anomalykit.serving.duration";

    /// <summary>The tag of the model's name: only of models that are served, never of what a request asked for.</summary>
    public const string ModelTag = "anomalykit.model.name";

    /// <summary>The tag of the model's version.</summary>
    public const string VersionTag = "anomalykit.model.version";

    private readonly Counter<long> _rows;
    private readonly Counter<long> _anomalies;
    private readonly Histogram<double> _duration;

    internal ServingMeters(IMeterFactory factory)
    {
        var meter = factory.Create(new MeterOptions(MeterName) { Version = typeof(ServingMeters).Assembly.GetName().Version?.ToString(3) });
        _rows = meter.CreateCounter<long>(Rows, "{row}", "Rows scored.");
        _anomalies = meter.CreateCounter<long>(Anomalies, "{row}", "Rows that were anomalies.");
        _duration = meter.CreateHistogram(
            Duration, "s", "How long one call of the detector took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-6, 1e-5, 5e-5, 1e-4, 5e-4, .001, .005, .01, .05, .1, .5, 1, 5] });
    }

    internal void Record(int rows, int anomalies, TimeSpan elapsed, in TagList tags)
    {
        _rows.Add(rows, tags);
        if (anomalies > 0)
            _anomalies.Add(anomalies, tags);
        _duration.Record(elapsed.TotalSeconds, tags);
    }
}
