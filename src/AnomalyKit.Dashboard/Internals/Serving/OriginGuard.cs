using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Serving;

/// <summary>Keeps pages of other sites from using the dashboard through a viewer's browser. Browsers say where a page comes from; programs say nothing, and pass.</summary>
internal static class OriginGuard
{
    /// <summary>Whether all origins that a request names are the dashboard's own or allowed; <c>null</c>, which browsers say of pages without an address, never is.</summary>
    public static bool Allows(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count == 0)
            return true;
        var allowed = context.RequestServices.GetRequiredService<IOptions<AnomalyDashboardOptions>>().Value.AllowedOrigins.Prepend($"{request.Scheme}://{request.Host}").ToList();
        return request.Headers.Origin.All(origin => allowed.Exists(one => IsSame(one, origin)));
    }

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            $"This request comes from a page of another address than {context.Request.Scheme}://{context.Request.Host}, where this dashboard is. Behind a proxy, name the address that viewers see: AllowedOrigins, or forwarded headers of the host.",
            context.RequestAborted);
    }

    /// <summary>Whether a text is an origin: scheme, host and perhaps a port.</summary>
    public static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" };

    private static bool IsSame(string one, string? other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var first) && Uri.TryCreate(other, UriKind.Absolute, out var second)
        && Uri.Compare(first, second, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
