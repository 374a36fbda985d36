using System.Diagnostics.Metrics;

namespace AnomalyKit;

/// <summary>Publishes a <see cref="ScoreMonitor"/> as instruments of <see cref="System.Diagnostics.Metrics"/>, for OpenTelemetry, <c>dotnet-counters</c> and others.</summary>
/// <remarks>
/// <para>
/// All instruments are observable: nothing is measured until somebody collects, and scoring pays nothing. After <see cref="Dispose"/> they give no more measurements. Names and units stand in <see cref="InstrumentNames"/>.
/// Those of a monitor have the tags <c>anomalykit.monitor.kind</c> and <c>anomalykit.monitor.subject</c>. Statistics that are infinite, such as the logarithm of a capital of 0, are left out.
/// </para>
/// </remarks>
public sealed class MonitoringMeters : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AnomalyKit.Monitoring";

    private volatile ScoreMonitor? _monitor;
    private readonly Meter? _owned;
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Creates the instruments.</summary>
    /// <param name="monitor">What to publish.</param>
    /// <param name="meterFactory">Creates the meter, and owns it; a meter of its own is created, and disposed with this, where it is <see langword="null"/>.</param>
    /// <param name="tags">Tags of all measurements, for example the model's name and version.</param>
    public MonitoringMeters(ScoreMonitor monitor, IMeterFactory? meterFactory = null, IEnumerable<KeyValuePair<string, object?>>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        _monitor = monitor;
        _tags = [.. tags ?? []];
        var options = new MeterOptions(MeterName) { Version = typeof(MonitoringMeters).Assembly.GetName().Version?.ToString(3) };
        var meter = meterFactory?.Create(options) ?? (_owned = new Meter(options));
        meter.CreateObservableCounter(InstrumentNames.Scores, () => Single(snapshot => snapshot.Count), "{score}", "Scores seen.");
        if (monitor.HasBudget)
        {
            meter.CreateObservableCounter(InstrumentNames.Alerts, () => Single(snapshot => snapshot.AlertCount), "{alert}", "Scores that became alerts.");
            meter.CreateObservableCounter(InstrumentNames.AlertsHeldBack, () => Single(snapshot => snapshot.HeldBackCount), "{alert}", "Scores that were high enough for an alert and were held back by the budget.");
            meter.CreateObservableGauge(InstrumentNames.AlertFraction, () => Single(snapshot => snapshot.AlertFraction), "1", "The fraction of scores that became alerts.");
            meter.CreateObservableGauge(InstrumentNames.AlertThreshold, () => Finite(snapshot => snapshot.AlertThreshold!.Value), "1", "The score above which the next row is worth an alert.");
        }

        meter.CreateObservableCounter(InstrumentNames.DriftDetections, () => Each(_ => true, status => status.TotalDetectionCount), "{detection}", "How often a monitor detected drift, also before it was reset.");
        meter.CreateObservableGauge(InstrumentNames.DriftStatistic, () => Each(status => double.IsFinite(status.Statistic), status => status.Statistic), "1", "The evidence for a change.");
        meter.CreateObservableGauge(InstrumentNames.DriftLimit, () => Each(_ => true, status => status.Limit), "1", "The evidence at which drift is detected.");
        meter.CreateObservableGauge(
            InstrumentNames.MartingaleLogCapital, () => Each(status => status.IsMartingale && double.IsFinite(status.Statistic), status => status.Statistic), "1", "The natural logarithm of the capital of a test martingale.");
    }

    /// <summary>Ends the measurements.</summary>
    public void Dispose()
    {
        // A meter of somebody else keeps its instruments for ever: they let go of the monitor.
        _monitor = null;
        _owned?.Dispose();
    }

    private IEnumerable<Measurement<T>> Single<T>(Func<ScoreMonitorSnapshot, T> value)
        where T : struct => _monitor is { } monitor ? [new Measurement<T>(value(monitor.Snapshot()), _tags)] : [];

    private IEnumerable<Measurement<double>> Finite(Func<ScoreMonitorSnapshot, double> value) => Single(value).Where(measurement => double.IsFinite(measurement.Value));

    private IEnumerable<Measurement<T>> Each<T>(Func<MonitorStatus, bool> filter, Func<MonitorStatus, T> value)
        where T : struct
    {
        if (_monitor is not { } monitor)
            return [];
        return monitor.Snapshot().Monitors.Where(filter).Select(status => new Measurement<T>(
            value(status),
            [.. _tags, new("anomalykit.monitor.kind", status.Kind), new("anomalykit.monitor.subject", status.Subject)]));
    }
}
