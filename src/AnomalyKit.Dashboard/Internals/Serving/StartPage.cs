using AnomalyKit.Dashboard.Models;
using AnomalyKit.Dashboard.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Dashboard.Serving;

/// <summary>Where a dashboard without a store of runs opens: at its models, because its first page has nothing to show.</summary>
internal static class StartPage
{
    /// <summary>The address that the first page leads to; null where the request is for another page, or the first one has something to show.</summary>
    /// <param name="context">A request whose path begins with the prefix.</param>
    /// <param name="prefix">Where the dashboard lies, without a slash at its end.</param>
    public static string? Of(HttpContext context, string prefix)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !string.Equals((request.Path.Value ?? "").TrimEnd('/'), prefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var services = context.RequestServices;
        return services.GetRequiredService<RunShelf>().IsConfigured || !services.GetRequiredService<ModelShelf>().IsConfigured ? null : $"{request.PathBase}{prefix}/models";
    }
}
