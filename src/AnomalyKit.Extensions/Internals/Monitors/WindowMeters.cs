using System.Diagnostics.Metrics;

namespace AnomalyKit.Serving.Monitors;

/// <summary>Publishes the last window of a model.</summary>
/// <remarks>
/// A meter of the host keeps its instruments for ever, so they let go of the model once it is no longer served. Exporters keep the last value of a series, and alarms would go on with it: for a while the measurements are 0 then. They are 0 as well while the model is served and rests.
/// </remarks>
internal sealed class WindowMeters : IDisposable
{
    /// <summary>The most columns of a model that have a series of their own. Exporters keep every series for the life of the process, and have room for some thousands.</summary>
    public const int MaxColumns = 100;

    private const long MillisecondsOfZeros = 15 * 60 * 1000;

    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _published = new(StringComparer.Ordinal);
    private Func<DriftComparison?>? _last;
    private Func<bool>? _hasDetected;
    private Func<long>? _missingRows;
    private Func<bool>? _isResting;
    private bool _leavesMissingRows;
    private string[]? _left;
    private long _endedAt;

    /// <param name="last">The last comparison; null before the first one.</param>
    /// <param name="hasDetected">Whether a monitor of the stream has detected drift that is not over.</param>
    /// <param name="missingRows">How many rows the first comparison waits for.</param>
    /// <param name="factory">Makes the meter.</param>
    /// <param name="tags">The tags of the model.</param>
    /// <param name="isResting">Whether nobody asks the model any more; null for a model that never rests.</param>
    public WindowMeters(Func<DriftComparison?> last, Func<bool> hasDetected, Func<long> missingRows, IMeterFactory factory, KeyValuePair<string, object?>[] tags, Func<bool>? isResting = null)
    {
        (_last, _hasDetected, _missingRows, _isResting, _tags) = (last, hasDetected, missingRows, isResting, tags);
        var meter = factory.Create(new MeterOptions(ServingMeters.MeterName) { Version = ServingMeters.MeterVersion });
        meter.CreateObservableGauge(ServingMeters.DriftedColumns, () => Of(comparison => comparison.Columns.Count(column => column.IsDrifted)), "{column}", "Columns of the last window that differ from the training rows.");
        meter.CreateObservableGauge(ServingMeters.DriftEffect, Effects, "1", "How far a column of the last window, its values or its fraction of missing cells, differs from the training rows: from 0, the same, to 1.");
        meter.CreateObservableGauge(ServingMeters.DriftScoreEffect, () => Of(comparison => comparison.Scores is { NotComparedReason: null } scores ? scores.DriftEffect : null), "1", "How far the scores of the last window differ from those that the threshold was set on: from 0, the same, to 1.");
        meter.CreateObservableGauge(ServingMeters.IsDrifted, IsDrifted, "1", "1 while a column, the scores or the fraction of alerts of the last window, or the stream of scores, has drifted.");
        meter.CreateObservableGauge(ServingMeters.DriftMissingRows, MissingRows, "{row}", "About how many more rows must be scored until the first comparison; 0 after it.");
        meter.CreateObservableGauge(ServingMeters.AlertRatio, () => Of(comparison => comparison.Alerts?.Ratio), "1", "The share of anomalies in the last window, over that in the training rows.");
    }

    public void Dispose() => End(hasSuccessor: false);

    /// <summary>Lets go of the model.</summary>
    /// <param name="hasSuccessor">Whether another instance goes on with the same tags: zeros beside it would look like a calm model.</param>
    public void End(bool hasSuccessor)
    {
        lock (_lock)
        {
            if (_last is not { } last)
                return;
            if (!hasSuccessor)
            {
                _left = last() is { } comparison ? [.. Published(comparison).Select(column => column.Name)] : _hasDetected!() ? [] : null;
                _leavesMissingRows = _missingRows!() > 0;
            }

            _endedAt = Environment.TickCount64;
            (_last, _hasDetected, _missingRows, _isResting) = (null, null, null, null);
        }
    }

    private IEnumerable<Measurement<double>> Of(Func<DriftComparison, double?> value)
    {
        lock (_lock)
        {
            if (_last is null)
                return Left() is not null ? [new Measurement<double>(0, _tags)] : [];
            return _last() is { } comparison && value(comparison) is { } number && double.IsFinite(number) ? [new Measurement<double>(Rests ? 0 : number, _tags)] : [];
        }
    }

    private IEnumerable<Measurement<double>> IsDrifted()
    {
        lock (_lock)
        {
            if (_last is null)
                return Left() is not null ? [new Measurement<double>(0, _tags)] : [];
            var comparison = _last();
            bool isDrifted = comparison?.IsDrifted == true || _hasDetected!();
            return comparison is not null || isDrifted ? [new Measurement<double>(isDrifted && !Rests ? 1 : 0, _tags)] : [];
        }
    }

    private IEnumerable<Measurement<long>> MissingRows()
    {
        lock (_lock)
            return _missingRows is { } missing ? [new Measurement<long>(Rests ? 0 : missing(), _tags)] : _leavesMissingRows && !IsOver ? [new Measurement<long>(0, _tags)] : [];
    }

    private IEnumerable<Measurement<double>> Effects()
    {
        lock (_lock)
        {
            if (_last is null)
                return Array.ConvertAll(Left() ?? [], name => Effect(0, name));
            return _last() is { } comparison ? [.. Published(comparison).Select(column => Effect(Rests ? 0 : EffectOf(column), column.Name))] : [];
        }
    }

    private bool Rests => _isResting?.Invoke() == true;

    private bool IsOver => Environment.TickCount64 - _endedAt > MillisecondsOfZeros;

    /// <summary>The columns of a model that is no longer served, whose series are to end at 0; null where there is nothing to end any more.</summary>
    private string[]? Left()
    {
        if (IsOver)
            _left = null;
        return _left;
    }

    private Measurement<double> Effect(double effect, string column) => new(effect, [.. _tags, new("anomalykit.column", column)]);

    /// <summary>The columns that have a series: all of a model of few columns; of others those that drifted, the farthest first, and once published they stay, so that a series tells that it is over.</summary>
    private IEnumerable<ColumnDrift> Published(DriftComparison comparison)
    {
        ColumnDrift[] compared = [.. comparison.Columns.Where(column => column.NotComparedReason is null && double.IsFinite(column.Effect))];
        if (comparison.Columns.Count <= MaxColumns)
            return compared;
        foreach (var column in compared.Where(column => column.IsDrifted).OrderByDescending(EffectOf))
        {
            if (_published.Count == MaxColumns)
                break;
            _published.Add(column.Name);
        }

        return compared.Where(column => _published.Contains(column.Name));
    }

    private static double EffectOf(ColumnDrift column) => Math.Max(column.Effect, column.MissingEffect);
}
