using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AnomalyKit;

/// <summary>The meter and the instruments of serving.</summary>
/// <remarks>The gauges of drift are 0 for a version that a newer one replaced and that has scored no row for an hour.</remarks>
public sealed class ServingMeters
{
    /// <summary>The name of the meter, and of the source of activities.</summary>
    public const string MeterName = "AnomalyKit.Serving";

    /// <summary>Counter, {row}, by model and version: rows scored. Rows of requests that were refused in the end are not among them.</summary>
    public const string Rows = "anomalykit.serving.rows";

    /// <summary>Counter, {row}, by model and version: rows that were anomalies.</summary>
    public const string Anomalies = "anomalykit.serving.anomalies";

    /// <summary>Histogram, s, by model and version: how long one call of the detector took.</summary>
    public const string Duration = "anomalykit.serving.duration";

    /// <summary>Gauge, {model}: versions of models that are served.</summary>
    public const string Models = "anomalykit.serving.models";

    /// <summary>Gauge, {file}: model files that cannot be loaded as they are now, whether or not something else is served in their place.</summary>
    public const string Failures = "anomalykit.serving.failures";

    /// <summary>Counter, {load}, by result (<c>loaded</c>, <c>refused</c>): attempts to load a model file. Both are there from the start, so that the first refusal is an increase.</summary>
    public const string Loads = "anomalykit.serving.loads";

    /// <summary>Counter, {request}, by <see cref="ReasonTag"/> and <see cref="StatusTag"/>: requests that the endpoints of AnomalyKit.AspNetCore and AnomalyKit.AspNetCore.Grpc refused.</summary>
    public const string Refusals = "anomalykit.serving.refusals";

    /// <summary>Gauge, {column}, by model and version: columns of the last window that differ from the training rows.</summary>
    public const string DriftedColumns = "anomalykit.serving.drift.columns";

    /// <summary>Gauge, 1, by model, version and column: how far the column differs from the training rows in the last window, from 0 to 1: the greater of the effects of its values and of its missing cells. Of a model of more than 100 columns only those that drifted, at most 100: the farthest first, and they stay.</summary>
    public const string DriftEffect = "anomalykit.serving.drift.effect";

    /// <summary>Gauge, {row}, by model and version: about how many more rows must be scored until the first window is full and is compared; 0 after the first comparison. While it is not 0, the other gauges of drift are absent, but for <see cref="IsDrifted"/> once a monitor has detected drift.</summary>
    public const string DriftMissingRows = "anomalykit.serving.drift.missing_rows";

    /// <summary>Gauge, 1, by model and version: the share of anomalies in the last window, over that in the training rows.</summary>
    public const string AlertRatio = "anomalykit.serving.drift.alert_ratio";

    /// <summary>Gauge, 1, by model and version: how far the scores of the last window differ from those that the threshold was set on, from 0 to 1. Absent where they cannot be compared.</summary>
    public const string DriftScoreEffect = "anomalykit.serving.drift.score_effect";

    /// <summary>Gauge, 1, by model and version: 1 while <see cref="ModelDrift.IsDrifted"/>, otherwise 0. Absent while no window was compared and no monitor has detected drift.</summary>
    public const string IsDrifted = "anomalykit.serving.drift.is_drifted";

    /// <summary>The tag of the model's name: only of models that are served, never of what a request asked for.</summary>
    public const string ModelTag = "anomalykit.model.name";

    /// <summary>The tag of the model's version.</summary>
    public const string VersionTag = "anomalykit.model.version";

    /// <summary>The tag of why a request was refused, for example <c>row</c>, <c>no_key</c> or <c>busy</c>.</summary>
    public const string ReasonTag = "anomalykit.refusal.reason";

    /// <summary>The tag of the status of HTTP that a refused request was answered with, also where the answer was one of gRPC.</summary>
    public const string StatusTag = "http.response.status_code";

    private readonly Counter<long> _rows;
    private readonly Counter<long> _anomalies;
    private readonly Histogram<double> _duration;
    private long _loaded;
    private long _refused;

    internal ServingMeters(IMeterFactory factory)
    {
        var meter = factory.Create(new MeterOptions(MeterName) { Version = MeterVersion });
        _rows = meter.CreateCounter<long>(Rows, "{row}", "Rows scored.");
        _anomalies = meter.CreateCounter<long>(Anomalies, "{row}", "Rows that were anomalies.");
        _duration = meter.CreateHistogram(
            Duration, "s", "How long one call of the detector took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-6, 1e-5, 5e-5, 1e-4, 5e-4, .001, .005, .01, .05, .1, .5, 1, 5] });
        meter.CreateObservableCounter(Loads, ObserveLoads, "{load}", "Attempts to load a model file.");
        meter.CreateObservableGauge(Failures, () => Failing, "{file}", "Model files that cannot be loaded now.");
        meter.CreateObservableGauge(Models, () => Served, "{model}", "Versions of models that are served.");
    }

    internal static string? MeterVersion { get; } = typeof(ServingMeters).Assembly.GetName().Version?.ToString(3);

    /// <summary>The versions of models that are served.</summary>
    internal int Served { get; set; }

    /// <summary>The files that cannot be loaded.</summary>
    internal int Failing { get; set; }

    internal void CountLoad(bool succeeded) => Interlocked.Increment(ref succeeded ? ref _loaded : ref _refused);

    internal void RecordCall(TimeSpan elapsed, in TagList tags) => _duration.Record(elapsed.TotalSeconds, tags);

    internal void CountRows(long rows, long anomalies, in TagList tags)
    {
        _rows.Add(rows, tags);
        if (anomalies > 0)
            _anomalies.Add(anomalies, tags);
    }

    private Measurement<long>[] ObserveLoads() => [Result(ref _loaded, "loaded"), Result(ref _refused, "refused")];

    private static Measurement<long> Result(ref long count, string result) => new(Interlocked.Read(ref count), new KeyValuePair<string, object?>("anomalykit.load.result", result));
}
