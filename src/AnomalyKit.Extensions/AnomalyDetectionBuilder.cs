using AnomalyKit.Serving.Loading;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit;

/// <summary>Adds models to a host.</summary>
public sealed class AnomalyDetectionBuilder
{
    internal AnomalyDetectionBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Serves a detector that is in memory.</summary>
    /// <param name="name">The name that requests use.</param>
    /// <param name="detector">The detector.</param>
    /// <param name="version">The version.</param>
    /// <returns>This builder.</returns>
    public AnomalyDetectionBuilder AddModel(string name, TableDetector detector, string version = "1")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(detector);
        Services.AddSingleton(new ModelInMemory(new ModelKey(name, version), detector));
        return this;
    }
}
