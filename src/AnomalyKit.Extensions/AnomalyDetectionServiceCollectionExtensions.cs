using AnomalyKit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the models that a host serves.</summary>
public static class AnomalyDetectionServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IDetectorPool"/>, its options from the section <c>AnomalyDetection</c> of the configuration, its health check and its meters.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options after the configuration did.</param>
    /// <returns>A builder, for models that are in memory already.</returns>
    public static AnomalyDetectionBuilder AddAnomalyDetection(this IServiceCollection services, Action<AnomalyDetectionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton(provider => new DetectorPool(provider.GetServices<ServedModel>()));
        services.TryAddSingleton<IDetectorPool>(provider => provider.GetRequiredService<DetectorPool>());
        if (configure is not null)
            services.Configure(configure);
        return new AnomalyDetectionBuilder(services);
    }
}
