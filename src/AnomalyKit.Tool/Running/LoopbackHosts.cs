using AnomalyKit.Server;
using AnomalyKit.Server.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Tool.Running;

/// <summary>Where only this machine is listened to, answers only requests that name it: a page elsewhere may have its own name lead here (DNS rebinding), and would then read what this machine's viewers may read.</summary>
internal static class LoopbackHosts
{
    /// <summary>Adds the filter. Names that the configuration gives (<c>AllowedHosts</c>) overrule it, and those of allowed origins are added.</summary>
    public static void AddTo(IServiceCollection services) => services.AddOptions<HostFilteringOptions>()
        .Configure<IConfiguration, ServerOptions, IOptions<AnomalyDashboardOptions>>((filter, configuration, server, dashboard) =>
        {
            if (configuration["AllowedHosts"] is null && ServerAddresses.AreLoopback(configuration, server))
                filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", .. dashboard.Value.AllowedOrigins.Select(origin => new Uri(origin).Host)];
        });
}
