using System.Diagnostics.Metrics;

namespace AnomalyKit.Dashboard.Live;

/// <summary>Listens to the meters of this host, once for all viewers, and tells them once a second. Without viewers nothing ticks.</summary>
internal sealed class LiveCollector : IDisposable
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
    private ITimer? _timer;
    private LiveSnapshot _last;

    public LiveCollector(IMeterFactory factory, IDetectorPool? pool, TimeProvider? time = null)
    {
        (_factory, _pool, _time) = (factory, pool, time ?? TimeProvider.System);
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

    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
            _timer?.Dispose();
    }

    internal void Tick()
    {
        long now = Second;
        LiveModel[] models = [.. (_pool?.Models ?? []).Select(model => Of(model, now))];
        Action[] viewers;
        lock (_gate)
        {
            _last = new LiveSnapshot(_time.GetUtcNow(), models);
            viewers = [.. _viewers.Values];
        }

        foreach (var viewer in viewers)
            viewer();
    }

    private long Second => _time.GetTimestamp() / _time.TimestampFrequency;

    private LiveModel Of(ServedModel model, long now)
    {
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
                Drift = model.Monitor?.Snapshot(),
            };
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
                _traffic.Add((name, version), traffic = new ModelTraffic());
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

    private sealed class Leaving(LiveCollector collector) : IDisposable
    {
        public void Dispose() => collector.Leave(this);
    }
}
