using System.Buffers;
using System.Text.Json;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.Documentation;

/// <summary><c>GET /openapi/v1.json</c>: the routes and, by the columns of the models that are served now, the rows.</summary>
internal static class OpenApiEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints, IDetectorPool pool, bool needsKey) => MethodRoute.Get(endpoints, "/openapi/v1.json", context =>
    {
        var text = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(text, JsonResponse.WriterOptions))
            OpenApiDocument.Write(json, pool.Models, needsKey);
        return JsonResponse.WriteAsync(context, "application/json", text.WrittenMemory);
    });
}
