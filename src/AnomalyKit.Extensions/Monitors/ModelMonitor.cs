using System.Diagnostics.Metrics;
using AnomalyKit.Serving.Monitors;

namespace AnomalyKit;

/// <summary>Watches a served model: samples the rows that it scores, compares windows of them with the training rows, and follows the scores.</summary>
/// <remarks>
/// A request pays for copying the rows that are sampled, no more; the rest happens in the background, or in <see cref="Snapshot"/>. Sampling takes every n-th row of all that are scored, up to 1,024 between two
/// rounds of the background work, which comes once a second. Rows of a <see cref="ModelRequest"/> come in when it is complete.
/// </remarks>
public sealed class ModelMonitor : IDisposable
{
    private const int LeastRows = 200;

    private static readonly TimeSpan RestAfter = TimeSpan.FromHours(1);

    private readonly ReferenceProfile _profile;
    private readonly TimeProvider _time;
    private readonly ModelMonitoringOptions _options;
    private readonly DriftOptions _drift;
    private readonly RowSampler _sampler;
    private readonly ScoreMonitor _scores;
    private readonly MonitoringMeters? _meters;
    private readonly WindowMeters? _windowMeters;
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _since;
    private double _threshold;
    private DriftWindow _window;
    private DateTimeOffset _windowSince;
    private bool _hadDetected;
    private long _missingRows;
    private long _seenRows;
    private long _ticksOfLastRow;
    private volatile bool _isSuperseded;
    private (DriftComparison Comparison, DateTimeOffset Since, DateTimeOffset Until)? _last;

    private ModelMonitor(string name, string version, TableDetector detector, ReferenceProfile profile, ModelMonitoringOptions options, IMeterFactory? meterFactory, TimeProvider time)
    {
        _profile = profile;
        _time = time;
        _since = _windowSince = time.GetUtcNow();
        _threshold = detector.Threshold;
        _options = options;
        // The names hold for all models of the host; a model has some of them.
        _drift = new DriftOptions { IgnoredColumns = [.. options.IgnoredColumns.Where(name => profile.Columns.Any(column => column.Name == name))], ComparesDates = options.ComparesDates, MinAlertRatio = options.MinAlertRatio };
        _sampler = new RowSampler(detector.Preparation.Schema, options.SampleEvery);
        _scores = new ScoreMonitor(options.WatchesStream ? [new ConformalMonitor(falseDetectionProbability: options.FalseDetectionProbability) { Subject = "score" }] : []);
        _window = NewWindow();
        _missingRows = RowsUntil(options.WindowRows);
        if (meterFactory is not null)
        {
            KeyValuePair<string, object?>[] tags = [new(ServingMeters.ModelTag, name), new(ServingMeters.VersionTag, version)];
            _meters = new MonitoringMeters(_scores, meterFactory, tags);
            _windowMeters = new WindowMeters(() => _last?.Comparison, HasDetected, () => Volatile.Read(ref _missingRows), meterFactory, tags, IsResting);
        }
    }

    /// <summary>How things stand.</summary>
    /// <returns>A snapshot, with everything that was sampled so far.</returns>
    public ModelDrift Snapshot()
    {
        TakeIn();
        lock (_lock)
        {
            return new ModelDrift
            {
                Since = _since,
                SampleEvery = _options.SampleEvery,
                SampledRows = _sampler.SampledRows,
                SkippedRows = _sampler.SkippedRows,
                WindowRows = _options.WindowRows,
                CurrentWindowRows = _window.RowCount,
                RowsUntilComparison = RowsUntil(_options.WindowRows),
                TimedComparisonAt = _options.WindowDuration > TimeSpan.Zero ? _windowSince + _options.WindowDuration : null,
                RowsUntilTimedComparison = RowsUntil(LeastWindowRows),
                Comparison = _last?.Comparison,
                ComparedSince = _last?.Since,
                ComparedUntil = _last?.Until,
                IgnoredColumns = _drift.IgnoredColumns,
                Monitors = _scores.Snapshot().Monitors,
            };
        }
    }

    /// <summary>Ends its measurements.</summary>
    public void Dispose() => End(hasSuccessor: false);

    /// <summary>Ends its measurements, which another monitor of the same name and version may go on with.</summary>
    internal void End(bool hasSuccessor)
    {
        _meters?.Dispose();
        _windowMeters?.End(hasSuccessor);
    }

    /// <summary>Says whether a newer version of the model is served.</summary>
    internal void SetSuperseded(bool isSuperseded) => _isSuperseded = isSuperseded;

    internal static ModelMonitor? Create(string name, string version, TableDetector detector, ModelMonitoringOptions? options, IMeterFactory? meterFactory, TimeProvider? time = null) =>
        options is { IsEnabled: true } && detector.Profile is { } profile ? new ModelMonitor(name, version, detector, profile, options, meterFactory, time ?? TimeProvider.System) : null;

    internal void Offer(ReadOnlySpan<double> values, ReadOnlySpan<float> scores) => _sampler.Offer(values, scores);

    internal void Offer(FeatureTable rows, ReadOnlySpan<float> scores) => _sampler.Offer(rows, scores);

    /// <summary>Samples rows of a request that is not answered yet, beside those that were sampled of it before.</summary>
    internal SampledRows Pick(FeatureTable rows, ReadOnlySpan<float> scores, int pickedBefore) => _sampler.Pick(rows, scores, pickedBefore);

    /// <summary>Takes the sampled rows of a request that was answered.</summary>
    internal void Keep(List<SampledRows>? picked, long skipped) => _sampler.Keep(picked, skipped);

    /// <summary>Takes in what was sampled.</summary>
    internal void TakeIn()
    {
        lock (_lock)
        {
            foreach (var (rows, scores) in _sampler.Take())
            {
                _scores.Update(scores);
                _window.Add(rows);
                _window.AddScores(scores);
                if (_window.RowCount >= _options.WindowRows)
                    Turn();
            }

            // A service with little traffic has an answer, too.
            if (_options.WindowDuration > TimeSpan.Zero && _window.RowCount >= LeastWindowRows && _time.GetUtcNow() - _windowSince >= _options.WindowDuration)
                Turn();
            if (_sampler.SeenRows is var seen && seen != _seenRows)
            {
                _seenRows = seen;
                Volatile.Write(ref _ticksOfLastRow, _time.GetUtcNow().Ticks);
            }

            Volatile.Write(ref _missingRows, _last is null ? RowsUntil(_options.WindowRows) : 0);
        }
    }

    /// <summary>Counts alerts by another threshold from now on, in a window of its own.</summary>
    internal void SetThreshold(double threshold)
    {
        TakeIn();
        lock (_lock)
        {
            _threshold = threshold;
            StartWindow();
        }
    }

    /// <summary>Whether nobody asks this version any more. Its last window would otherwise be measured, and alarms would go on, for as long as its file is there.</summary>
    private bool IsResting() => _isSuperseded && _time.GetUtcNow().Ticks - Volatile.Read(ref _ticksOfLastRow) >= RestAfter.Ticks;

    private int LeastWindowRows => Math.Min(LeastRows, _options.WindowRows);

    /// <summary>How many rows must be scored until the window has so many: one in several is looked at.</summary>
    private long RowsUntil(int windowRows) => Math.Max(0, windowRows - _window.RowCount) * (long)_options.SampleEvery;

    private void Turn()
    {
        var comparison = DriftComparison.Compare(_profile, _window, _drift);
        _last = (comparison, _windowSince, _time.GetUtcNow());
        // The stream's monitors detect once. What they have found is over when a whole window after it is like the training rows.
        // Scores that cannot be compared with those of the training rows say nothing of the kind.
        if (_hadDetected && comparison is { IsDrifted: false, Scores.Status: DriftStatus.Stable })
            _scores.ResetMonitors();
        StartWindow();
    }

    private void StartWindow()
    {
        (_window, _windowSince) = (NewWindow(), _time.GetUtcNow());
        _hadDetected = HasDetected();
    }

    private bool HasDetected() => _scores.Snapshot().Monitors.Any(monitor => monitor.DetectionCount > 0);

    private DriftWindow NewWindow() => new(_profile, _threshold) { IgnoredColumns = _drift.IgnoredColumns };
}
