using System.Text.Json;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{name}</c>: what is served, the columns of a row, and files that cannot be loaded.</summary>
internal static class ModelEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, IDetectorPool pool)
    {
        MethodRoute.Get(endpoints, ModelRoute.Prefix, context => WriteAllAsync(context, pool));
        MethodRoute.Get(endpoints, ModelRoute.Prefix + "/{name}", context => WriteAsync(context, pool));
        MethodRoute.Get(endpoints, ModelRoute.Prefix + "/{name}/versions/{version}", context => WriteAsync(context, pool));
    }

    private static Task WriteAsync(HttpContext context, IDetectorPool pool)
    {
        QueryParameters.Check(context.Request);
        var model = ModelRoute.ModelOf(context, pool);
        return JsonResponse.WriteAsync(context, json =>
        {
            ModelDescription.Write(json, model);
            json.WriteStartArray("versions");
            foreach (var version in pool.Models.Where(other => other.Name == model.Name))
                json.WriteStringValue(version.Version);
            json.WriteEndArray();
            WriteFailures(json, pool.Statuses.Where(status => status.Name == model.Name));
        });
    }

    private static Task WriteAllAsync(HttpContext context, IDetectorPool pool)
    {
        QueryParameters.Check(context.Request);
        return JsonResponse.WriteAsync(context, json => WriteAll(json, pool));
    }

    private static void WriteAll(Utf8JsonWriter json, IDetectorPool pool)
    {
        json.WriteStartArray("models");
        foreach (var model in pool.Models)
        {
            json.WriteStartObject();
            ModelDescription.Write(json, model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("default_model", pool.DefaultModel?.Name);
        WriteFailures(json, pool.Statuses);
    }

    private static void WriteFailures(Utf8JsonWriter json, IEnumerable<ModelStatus> statuses)
    {
        json.WriteStartArray("failures");
        foreach (var status in statuses.Where(status => status.Error is not null))
        {
            json.WriteStartObject();
            json.WriteString("model", status.Name);
            json.WriteString("version", status.Version);
            json.WriteBoolean("is_loaded", status.IsLoaded);
            json.WriteString("error", status.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
