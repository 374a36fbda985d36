using System.Diagnostics.Metrics;

namespace AnomalyKit.Serving.Monitors;

/// <summary>Publishes the last full window of a model.</summary>
internal sealed class WindowMeters : IDisposable
{
    private readonly Func<DriftComparison?> _last;
    private readonly KeyValuePair<string, object?>[] _tags;
    private volatile bool _disposed;

    public WindowMeters(Func<DriftComparison?> last, IMeterFactory factory, KeyValuePair<string, object?>[] tags)
    {
        (_last, _tags) = (last, tags);
        var meter = factory.Create(new MeterOptions(ServingMeters.MeterName) { Version = ServingMeters.MeterVersion });
        meter.CreateObservableGauge(ServingMeters.DriftedColumns, () => Of(comparison => comparison.Columns.Count(column => column.IsDrifted)), "{column}", "Columns of the last full window that differ from the training rows.");
        meter.CreateObservableGauge(ServingMeters.DriftEffect, Effects, "1", "How far a column of the last full window, its values or its fraction of missing cells, differs from the training rows: from 0, the same, to 1.");
        meter.CreateObservableGauge(ServingMeters.AlertRatio, () => Of(comparison => comparison.Alerts?.Ratio), "1", "The share of anomalies in the last full window, over that in the training rows.");
    }

    public void Dispose() => _disposed = true;

    private IEnumerable<Measurement<double>> Of(Func<DriftComparison, double?> value) =>
        !_disposed && _last() is { } comparison && value(comparison) is { } number && double.IsFinite(number) ? [new Measurement<double>(number, _tags)] : [];

    // The columns are those of the model: few, and the same for its whole life.
    private IEnumerable<Measurement<double>> Effects() => _disposed || _last() is not { } comparison
        ? []
        : comparison.Columns.Where(column => column.NotComparedReason is null && double.IsFinite(column.Effect)).Select(column => new Measurement<double>(Math.Max(column.Effect, column.MissingEffect), [.. _tags, new("anomalykit.column", column.Name)]));
}
