using System.Diagnostics.Metrics;
using AnomalyKit;
using AnomalyKit.Dashboard.Answers;
using AnomalyKit.Dashboard.Live;
using AnomalyKit.Dashboard.Models;
using AnomalyKit.Dashboard.Runs;
using AnomalyKit.Dashboard.Serving;
using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Dashboard.Work;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the dashboard to a host.</summary>
public static class AnomalyDashboardServiceCollectionExtensions
{
    /// <summary>Adds what the dashboard needs. Map it with <c>app.MapAnomalyDashboard()</c>. Models come from <c>services.AddAnomalyDetection()</c>, where the host calls it.</summary>
    /// <param name="services">The services of the host. Calling it again adds configuration, nothing twice.</param>
    /// <param name="configure">What is shown, and what viewers may do; null for the defaults, which change nothing.</param>
    /// <returns>The services.</returns>
    /// <remarks>A viewer who has left is forgotten after a minute, for all interactive pages of the host. Configure <see cref="CircuitOptions"/> after this call to change that.</remarks>
    public static IServiceCollection AddAnomalyDashboard(this IServiceCollection services, Action<AnomalyDashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AnomalyDashboardOptions>()
            .Validate(options => !options.AllowAnswers || !string.IsNullOrWhiteSpace(options.AnswersFile), "AllowAnswers needs AnswersFile: name the file that keeps the labels.")
            .Validate(options => options.MaxUploadBytes > 0 && options.MaxUploadRows > 0, "MaxUploadBytes and MaxUploadRows are at least 1.")
            .Validate(options => options.MaxUnpackedBytes > 0 && options.MaxHeldBytes > 0 && options.MaxParallelWork > 0, "MaxUnpackedBytes, MaxHeldBytes and MaxParallelWork are at least 1.")
            .Validate(options => options.AllowedOrigins.All(OriginGuard.IsOrigin), "AllowedOrigins are scheme and host, for example https://dash.example.org.")
            .Validate(options => options.LabeledTables.Values.All(table => table.Days is null or (> 0 and < double.PositiveInfinity)), "The days of a labeled table are a number above 0, or null where nobody knows.")
            .ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(LiveCollector)))
            return services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        // A viewer who left costs memory until the circuit is given up. A host that wants to keep them longer configures the same options after this call.
        services.Configure<CircuitOptions>(circuit =>
        {
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
            circuit.DisconnectedCircuitMaxRetained = Math.Min(circuit.DisconnectedCircuitMaxRetained, 50);
        });
        services.AddMudServices();
        services.AddMetrics();
        services.AddSingleton<DashboardPlace>();
        services.AddSingleton<HostBudget>();
        services.AddSingleton<UploadBook>();
        services.AddSingleton<DownloadBook>();
        services.AddSingleton(provider => new RunShelf(provider.GetRequiredService<IOptions<AnomalyDashboardOptions>>().Value));
        services.AddSingleton(provider => new ModelShelf(provider.GetService<IDetectorPool>()));
        services.AddSingleton(provider => new LiveCollector(provider.GetRequiredService<IMeterFactory>(), provider.GetService<IDetectorPool>(), logger: provider.GetService<ILogger<LiveCollector>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Hosting.IHostedService, LiveStart>());
        services.AddScoped<TableDesk>();
        services.AddScoped<AnswerDesk>();
        return services;
    }
}
