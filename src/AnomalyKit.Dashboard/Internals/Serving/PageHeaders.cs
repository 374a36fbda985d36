using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace AnomalyKit.Dashboard.Serving;

/// <summary>What every page says to the browser, where pages believe to lie, and whose requests they answer.</summary>
internal static class PageHeaders
{
    // MudBlazor writes its palette into a style element and sizes into style attributes; scripts come from files alone.
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Adds headers to all endpoints, and gives pages the prefix as their base, as links within them are relative to it.</summary>
    public static void AddTo(IEndpointConventionBuilder pages, string prefix) => pages.Finally(endpoint =>
    {
        var next = endpoint.RequestDelegate!;
        RouteEndpoint? own = null;
        endpoint.RequestDelegate = async context =>
        {
            if (!OriginGuard.Allows(context))
            {
                await OriginGuard.RefuseAsync(context).ConfigureAwait(false);
                return;
            }

            if (StartPage.Of(context, prefix) is { } start)
            {
                context.Response.Redirect(start);
                return;
            }

            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            var (pathBase, path) = (context.Request.PathBase, context.Request.Path);
            if (prefix.Length > 0 && path.StartsWithSegments(prefix, out var rest) && context.GetEndpoint() is RouteEndpoint mapped)
            {
                (context.Request.PathBase, context.Request.Path) = (pathBase.Add(prefix), rest);
                // Blazor looks its page up by the route that the page itself states.
                context.SetEndpoint(own ??= WithoutPrefix(mapped, prefix));
            }

            try
            {
                await next(context).ConfigureAwait(false);
            }
            finally
            {
                (context.Request.PathBase, context.Request.Path) = (pathBase, path);
            }
        };
    });

    private static RouteEndpoint WithoutPrefix(RouteEndpoint mapped, string prefix)
    {
        string route = "/" + mapped.RoutePattern.RawText!.TrimStart('/')[(prefix.Length - 1)..].TrimStart('/');
        return new RouteEndpoint(mapped.RequestDelegate!, RoutePatternFactory.Parse(route), mapped.Order, mapped.Metadata, mapped.DisplayName);
    }
}
