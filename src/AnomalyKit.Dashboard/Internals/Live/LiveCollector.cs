using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnomalyKit.Dashboard.Live;

/// <summary>Listens to the meters of this host, once for all viewers, and tells them once a second. Without viewers nothing ticks.</summary>
internal sealed partial class LiveCollector : IDisposable
{
    /// <summary>So many seconds are shown.</summary>
    public const int Seconds = 120;

    private readonly IMeterFactory _factory;
    private readonly IDetectorPool? _pool;
    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Version), ModelTraffic> _traffic = [];
    private readonly Dictionary<Leaving, Action> _viewers = [];
    private readonly ILogger _logger;
    private ITimer? _timer;
    private bool _isLooking;
    private LiveSnapshot _last;

    public LiveCollector(IMeterFactory factory, IDetectorPool? pool, TimeProvider? time = null, ILogger<LiveCollector>? logger = null)
    {
        (_factory, _pool, _time, _logger) = (factory, pool, time ?? TimeProvider.System, logger ?? NullLogger<LiveCollector>.Instance);
        _last = new LiveSnapshot(_time.GetUtcNow(), []);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServingMeters.MeterName && ReferenceEquals(instrument.Meter.Scope, _factory) && instrument.Name is ServingMeters.Rows or ServingMeters.Anomalies or ServingMeters.Duration)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
    }

    public bool HasModels => _pool is not null;

    public int ViewerCount
    {
        get
        {
            lock (_gate)
                return _viewers.Count;
        }
    }

    /// <summary>Whether the one timer runs.</summary>
    public bool IsTicking
    {
        get
        {
            lock (_gate)
                return _timer is not null;
        }
    }

    public LiveSnapshot Snapshot => _last;

    public void Start() => _listener.Start();

    /// <summary>Tells a viewer once a second, until what is returned is disposed.</summary>
    public IDisposable Watch(Action viewer)
    {
        var leaving = new Leaving(this);
        lock (_gate)
        {
            _viewers.Add(leaving, viewer);
            _timer ??= _time.CreateTimer(_ => Tick(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        return leaving;
    }

    /// <summary>Whether anything is remembered of a version of a model.</summary>
    internal bool Remembers(string name, string version)
    {
        lock (_gate)
            return _traffic.ContainsKey((name, version));
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
            _timer?.Dispose();
    }

    /// <summary>Looks at all models and tells the viewers. Whatever goes wrong with one of them is left out until the next time: on the timer's thread it would end the process.</summary>
    internal void Tick()
    {
        if (Interlocked.Exchange(ref _isLooking, true))
            return;
        try
        {
            long now = Second;
            var served = _pool?.Models ?? [];
            LiveModel[] models = [.. served.Select(model => Of(model, now))];
            Action[] viewers;
            lock (_gate)
            {
                Forget(now, served);
                _last = new LiveSnapshot(_time.GetUtcNow(), models);
                viewers = [.. _viewers.Values];
            }

            foreach (var viewer in viewers)
                Safely(viewer);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogMissed(_logger, e);
        }
        finally
        {
            _isLooking = false;
        }
    }

    private long Second => _time.GetTimestamp() / _time.TimestampFrequency;

    private LiveModel Of(ServedModel model, long now)
    {
        // A snapshot compares distributions, and requests wait for the gate when they are counted: it is taken outside.
        ModelDrift? drift = null;
        Safely(() => drift = model.Monitor?.Snapshot());
        lock (_gate)
        {
            var traffic = _traffic.GetValueOrDefault((model.Name, model.Version)) ?? new ModelTraffic();
            var latency = traffic.Latency(now);
            return new LiveModel(model.Name, model.Version)
            {
                Rows = model.Counts.Rows,
                Anomalies = model.Counts.Anomalies,
                RowsPerSecond = traffic.Rows(now),
                AlertsPerSecond = traffic.Alerts(now),
                Calls = latency.Count,
                Median = latency.Percentile(0.5),
                Percentile95 = latency.Percentile(0.95),
                Percentile99 = latency.Percentile(0.99),
                Drift = drift,
            };
        }
    }

    private void Safely(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogMissed(_logger, e);
        }
    }

    // Versions come and go as long as a service runs.
    private void Forget(long now, IReadOnlyList<ServedModel> served)
    {
        foreach (var (key, traffic) in _traffic)
        {
            if (traffic.IsOver(now) && !served.Any(model => (model.Name, model.Version) == key))
                _traffic.Remove(key);
        }
    }

    private void Count(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        (string name, string version) = (string.Empty, string.Empty);
        foreach (var (key, tag) in tags)
        {
            if (key == ServingMeters.ModelTag)
                name = tag as string ?? string.Empty;
            else if (key == ServingMeters.VersionTag)
                version = tag as string ?? string.Empty;
        }

        lock (_gate)
        {
            if (!_traffic.TryGetValue((name, version), out var traffic))
            {
                // Without viewers nothing ticks, so it is forgotten here, too.
                Forget(Second, _pool?.Models ?? []);
                _traffic.Add((name, version), traffic = new ModelTraffic());
            }

            traffic.Add(Second, instrument, value);
        }
    }

    private void Leave(Leaving viewer)
    {
        lock (_gate)
        {
            _viewers.Remove(viewer);
            if (_viewers.Count > 0)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The live view of a model or a viewer was left out once.")]
    private static partial void LogMissed(ILogger logger, Exception exception);

    private sealed class Leaving(LiveCollector collector) : IDisposable
    {
        public void Dispose() => collector.Leave(this);
    }
}
