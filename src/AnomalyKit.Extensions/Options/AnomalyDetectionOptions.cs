namespace AnomalyKit;

/// <summary>Which models a host serves. Bound from the section <c>AnomalyDetection</c> of the configuration.</summary>
public sealed class AnomalyDetectionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "AnomalyDetection";

    /// <summary>A folder of models, <c>NAME/VERSION/model.akm</c> or <c>NAME.akm</c> (version 1); null for none. Models that appear in it later are loaded too.</summary>
    public string? ModelFolder { get; set; }

    /// <summary>Models by name, from files of their own.</summary>
    public IDictionary<string, ModelOptions> Models { get; } = new Dictionary<string, ModelOptions>(StringComparer.Ordinal);

    /// <summary>The model of requests that name none; null for the only one there is.</summary>
    public string? DefaultModel { get; set; }

    /// <summary>How often files are looked at for changes; two seconds by default, zero for never. Contents are compared, so that a swapped link counts and a touched file does not.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time that one look at the files spends on preparing explanations of models that it has loaded, before they are served; five seconds by default, zero for none, and at most ten minutes. Models for which no time is left are served all the same, and their first explanation takes longer.</summary>
    public TimeSpan MaxWarmUpTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How models are watched for drift.</summary>
    public ModelMonitoringOptions Monitoring { get; } = new();
}
