using AnomalyKit.Persistence;
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

    /// <summary>Loads model files of a further kind too, for example of detectors that have learned from answers: <c>AddKind(FeedbackDetector.Format)</c>.</summary>
    /// <param name="format">How its files are read. The kinds of <see cref="DetectorFile.Catalog"/> are always there.</param>
    /// <returns>This builder.</returns>
    /// <remarks>A kind that is listed twice stops the host at its start.</remarks>
    public AnomalyDetectionBuilder AddKind(DetectorFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        Services.AddSingleton(format);
        return this;
    }
}
