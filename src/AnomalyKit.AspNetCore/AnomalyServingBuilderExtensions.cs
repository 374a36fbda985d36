using AnomalyKit;
using AnomalyKit.Configuration;
using AnomalyKit.Serving.Checks;
using AnomalyKit.Serving.Guarding;
using AnomalyKit.Serving.Health;
using AnomalyKit.Serving.Keys;
using AnomalyKit.Serving.Refusals;
using AnomalyKit.Serving.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what the endpoints need.</summary>
public static class AnomalyServingBuilderExtensions
{
    /// <summary>Adds limits and keys of the endpoints, from the section <c>AnomalyDetection:Serving</c> of the configuration. <c>app.MapAnomalyDetection()</c> adds the endpoints themselves.</summary>
    /// <remarks>The host does not start with a key below that section that is no option, such as a misspelled one, or with a value that would be misread, such as 24:00:00, which .NET takes for 24 days.</remarks>
    /// <param name="builder">The models.</param>
    /// <param name="configure">Changes the options after the configuration did.</param>
    /// <returns>The same builder.</returns>
    public static AnomalyDetectionBuilder AddServing(this AnomalyDetectionBuilder builder, Action<AnomalyServingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(KeyRing)))
        {
            services.AddSingleton<IConfigureOptions<AnomalyServingOptions>>(provider =>
                new MisreadKeysCheck<AnomalyServingOptions>(provider.GetRequiredService<IConfiguration>(), AnomalyServingOptions.SectionName, ServingKeys.All));
        }

        services.AddOptions<AnomalyServingOptions>().BindConfiguration(AnomalyServingOptions.SectionName).ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnomalyServingOptions>, ServingOptionsCheck>());
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<RefusalLog>();
        services.TryAddSingleton<EndpointGuard>();
        services.TryAddSingleton<ScoringRequests>();
        services.TryAddSingleton<ServerReadiness>();
        return builder;
    }
}
