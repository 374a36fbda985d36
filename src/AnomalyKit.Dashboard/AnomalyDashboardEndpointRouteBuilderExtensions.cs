using AnomalyKit.Dashboard.Components;
using AnomalyKit.Dashboard.Serving;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the dashboard.</summary>
public static class AnomalyDashboardEndpointRouteBuilderExtensions
{
    /// <summary>Maps pages, their connection, scripts, uploads and downloads of the dashboard below a path.</summary>
    /// <param name="endpoints">The host. It needs <c>services.AddAnomalyDashboard()</c>.</param>
    /// <param name="path">Where the dashboard lies, for example <c>/dashboard</c> (the default) or <c>/</c>.</param>
    /// <returns>A builder for all of its endpoints. Sign-in is the host's: <c>app.MapAnomalyDashboard().RequireAuthorization()</c>.</returns>
    /// <exception cref="ArgumentException">The path does not begin with a slash.</exception>
    public static IEndpointConventionBuilder MapAnomalyDashboard(this IEndpointRouteBuilder endpoints, string path = "/dashboard")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (string.IsNullOrEmpty(path) || path[0] != '/')
            throw new ArgumentException($"The path '{path}' does not begin with a slash. Write for example /dashboard.", nameof(path));
        string prefix = path.TrimEnd('/');
        var group = endpoints.MapGroup(prefix);
        AssetEndpoints.Map(group);
        TableEndpoints.Map(group);
        var pages = group.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        // Pages hold no forms: whatever they do goes over their own connection.
        pages.DisableAntiforgery();
        PageHeaders.AddTo(pages, prefix);
        return group;
    }
}
