using AnomalyKit.Configuration;

namespace AnomalyKit.Serving.Hosting;

/// <summary>The keys of the section <c>AnomalyDetection</c>.</summary>
internal static class AnomalyDetectionKeys
{
    public static OptionKeys All { get; } = new OptionKeys(
        nameof(AnomalyDetectionOptions.ModelFolder), nameof(AnomalyDetectionOptions.DefaultModel), nameof(AnomalyDetectionOptions.ReloadInterval))
        .With(nameof(AnomalyDetectionOptions.Models), OptionKeys.Each(new OptionKeys(
            nameof(ModelOptions.Path), nameof(ModelOptions.Version), nameof(ModelOptions.IsRequired), nameof(ModelOptions.Threshold))))
        .With(nameof(AnomalyDetectionOptions.Monitoring), new OptionKeys(
            nameof(ModelMonitoringOptions.IsEnabled), nameof(ModelMonitoringOptions.SampleEvery), nameof(ModelMonitoringOptions.WindowRows), nameof(ModelMonitoringOptions.FalseDetectionProbability),
            nameof(ModelMonitoringOptions.WindowDuration), nameof(ModelMonitoringOptions.ComparesDates))
            .With(nameof(ModelMonitoringOptions.IgnoredColumns), OptionKeys.Each(OptionKeys.None)))
        // Those who read these sections look at their keys: AddServing, and the program.
        .With("Serving", OptionKeys.Any)
        .With("Server", OptionKeys.Any);
}
