using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Routes;
using AnomalyKit.Serving.Scoring;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Serving.Streams;

/// <summary>The routes of scoring by rows: as a whole, or as a stream of lines, by the type of the body.</summary>
internal static class ScoreRoutes
{
    public static void Map(IEndpointRouteBuilder endpoints, ScoringRequests requests, IDetectorPool pool)
    {
        var whole = new ScoreEndpoint(requests, pool);
        var stream = new StreamEndpoint(requests, pool, endpoints.ServiceProvider.GetService<IHostApplicationLifetime>());
        MethodRoute.Post(endpoints, ModelRoute.Prefix + "/{name}/score", Score);
        MethodRoute.Post(endpoints, ModelRoute.Prefix + "/{name}/versions/{version}/score", Score);

        Task Score(HttpContext context) => StreamEndpoint.IsAskedFor(context.Request) ? stream.InvokeAsync(context) : whole.InvokeAsync(context);
    }
}
