using System.Diagnostics.Metrics;
using AnomalyKit;
using AnomalyKit.Configuration;
using AnomalyKit.Persistence;
using AnomalyKit.Serving.Hosting;
using AnomalyKit.Serving.Loading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the models that a host serves.</summary>
public static class AnomalyDetectionServiceCollectionExtensions
{
    private const string HealthCheckName = "anomalykit";

    /// <summary>Adds an <see cref="IDetectorPool"/> that loads models when the host starts and again when their files change, its options from the section <c>AnomalyDetection</c> of the configuration, its health check and its meters.</summary>
    /// <remarks>The host does not start with a key below that section that is no option, such as a misspelled one, or with a value that would be misread, such as 24:00:00, which .NET takes for 24 days.</remarks>
    /// <param name="services">The services of the host. Calling it again adds configuration, nothing twice.</param>
    /// <param name="configure">Changes the options after the configuration did.</param>
    /// <returns>A builder, for models that are in memory already.</returns>
    public static AnomalyDetectionBuilder AddAnomalyDetection(this IServiceCollection services, Action<AnomalyDetectionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        bool isFirst = !services.Any(service => service.ServiceType == typeof(DetectorPool));
        if (isFirst)
        {
            services.AddSingleton<IConfigureOptions<AnomalyDetectionOptions>>(provider =>
                new MisreadKeysCheck<AnomalyDetectionOptions>(provider.GetRequiredService<IConfiguration>(), AnomalyDetectionOptions.SectionName, AnomalyDetectionKeys.All));
            services.AddOptions<AnomalyDetectionOptions>().BindConfiguration(AnomalyDetectionOptions.SectionName).ValidateOnStart();
        }

        if (configure is not null)
            services.Configure(configure);
        if (!isFirst)
            return new AnomalyDetectionBuilder(services);

        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnomalyDetectionOptions>, AnomalyDetectionOptionsValidator>());
        services.TryAddSingleton(provider => new ServingMeters(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<CurrentOptions>();
        services.AddSingleton(CreatePool);
        services.TryAddSingleton<IDetectorPool>(provider => provider.GetRequiredService<DetectorPool>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelReloader>());
        services.AddHealthChecks().AddCheck<DetectorPoolHealthCheck>(HealthCheckName, tags: ["ready"]);
        services.TryAddSingleton<DetectorPoolHealthCheck>();
        return new AnomalyDetectionBuilder(services);
    }

    private static DetectorPool CreatePool(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<CurrentOptions>();
        var meters = provider.GetRequiredService<ServingMeters>();
        var meterFactory = provider.GetRequiredService<IMeterFactory>();
        var warmUp = new ModelWarmUp(() => options.Value.MaxWarmUpTime);
        var inMemory = provider.GetServices<ModelInMemory>().Select(model => model.Serve(meters, options.Value.Monitoring, meterFactory)).ToArray();
        foreach (var model in inMemory)
            warmUp.Run(model, CancellationToken.None);
        return new DetectorPool(
            inMemory,
            () => options.Value,
            new ModelLoader(meters, meterFactory, () => options.Value.Monitoring, DetectorFile.Catalog.With(provider.GetServices<DetectorFormat>()), warmUp),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<DetectorPool>());
    }
}
