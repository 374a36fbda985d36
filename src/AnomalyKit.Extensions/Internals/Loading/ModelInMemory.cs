using System.Diagnostics.Metrics;

namespace AnomalyKit.Serving.Loading;

/// <summary>A detector that is served without a file.</summary>
internal sealed record ModelInMemory(ModelKey Key, TableDetector Detector)
{
    public ServedModel Serve(ServingMeters meters, ModelMonitoringOptions monitoring, IMeterFactory meterFactory) =>
        new(Key.Name, Key.Version, Detector, fingerprint: "", source: null, meters, ModelMonitor.Create(Key.Name, Key.Version, Detector, monitoring, meterFactory));
}
