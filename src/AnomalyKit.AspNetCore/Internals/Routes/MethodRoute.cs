using AnomalyKit.Serving.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.Routes;

/// <summary>Maps routes that answer a wrong method themselves: the server's own answer has no body.</summary>
internal static class MethodRoute
{
    public static IEndpointConventionBuilder Get(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handler) =>
        endpoints.Map(pattern, context => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? handler(context) : Refuse(context, "GET, HEAD"));

    public static IEndpointConventionBuilder Post(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handler) =>
        endpoints.Map(pattern, context => HttpMethods.IsPost(context.Request.Method) ? handler(context) : Refuse(context, "POST"));

    /// <summary>Answers what no other route of a tree does.</summary>
    public static IEndpointConventionBuilder NotFound(IEndpointRouteBuilder endpoints, string pattern, string routes) => endpoints.Map(pattern, context =>
        Task.FromException(new RequestException(StatusCodes.Status404NotFound, $"There is no route {context.Request.Path}. The routes are {routes}.")));

    private static Task Refuse(HttpContext context, string allowed) => Task.FromException(new RequestException(
        StatusCodes.Status405MethodNotAllowed, $"The method {context.Request.Method} is not for {context.Request.Path}. Use {allowed}.")
    { Allow = allowed });
}
