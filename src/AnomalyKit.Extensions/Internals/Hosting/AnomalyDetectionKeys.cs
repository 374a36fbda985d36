using AnomalyKit.Configuration;

namespace AnomalyKit.Serving.Hosting;

/// <summary>The keys of the section <c>AnomalyDetection</c>.</summary>
internal static class AnomalyDetectionKeys
{
    public static OptionKeys All { get; } = new OptionKeys(
        nameof(AnomalyDetectionOptions.ModelFolder), nameof(AnomalyDetectionOptions.DefaultModel))
        .WithDurations(nameof(AnomalyDetectionOptions.ReloadInterval), nameof(AnomalyDetectionOptions.MaxWarmUpTime))
        .With(nameof(AnomalyDetectionOptions.Models), OptionKeys.Each(new OptionKeys(
            nameof(ModelOptions.Path), nameof(ModelOptions.Version), nameof(ModelOptions.IsRequired), nameof(ModelOptions.Threshold))))
        .With(nameof(AnomalyDetectionOptions.Monitoring), new OptionKeys(
            nameof(ModelMonitoringOptions.IsEnabled), nameof(ModelMonitoringOptions.SampleEvery), nameof(ModelMonitoringOptions.WindowRows), nameof(ModelMonitoringOptions.FalseDetectionProbability),
            nameof(ModelMonitoringOptions.WatchesStream), nameof(ModelMonitoringOptions.MinAlertRatio), nameof(ModelMonitoringOptions.ComparesDates))
            .WithDurations(nameof(ModelMonitoringOptions.WindowDuration))
            .With(nameof(ModelMonitoringOptions.IgnoredColumns), OptionKeys.List(OptionKeys.None)))
        // Those who read these sections look at their keys: AddServing, and the program.
        .With("Serving", OptionKeys.Any)
        .With("Server", OptionKeys.Any);
}
