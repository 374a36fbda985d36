using System.Text.Json;
using AnomalyKit.Serving.Health;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Routes;

namespace AnomalyKit.Serving.Protocol;

/// <summary>What the protocol tells of server and models over HTTP.</summary>
internal sealed class MetadataEndpoints(IDetectorPool pool, ServerReadiness readiness)
{
    public static Task ServerAsync(HttpContext context) => JsonResponse.WriteAsync(context, static json =>
    {
        json.WriteString("name"u8, ServerMetadata.Name);
        json.WriteString("version"u8, ServerMetadata.Version);
        json.WriteStartArray("extensions"u8);
        foreach (string extension in ServerMetadata.Extensions)
            json.WriteStringValue(extension);
        json.WriteEndArray();
    });

    public static Task LiveAsync(HttpContext context) => JsonResponse.WriteAsync(context, static json => json.WriteBoolean("live"u8, true));

    public Task ReadyAsync(HttpContext context)
    {
        bool isReady = readiness.IsReady;
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return JsonResponse.WriteAsync(context, json => json.WriteBoolean("ready"u8, isReady));
    }

    public Task ModelReadyAsync(HttpContext context)
    {
        string name = (string)context.Request.RouteValues["name"]!;
        var problem = ModelRoute.Unready(pool, name, (string?)context.Request.RouteValues["version"]);
        context.Response.StatusCode = problem?.Status ?? StatusCodes.Status200OK;
        return JsonResponse.WriteAsync(context, json =>
        {
            json.WriteString("name"u8, name);
            json.WriteBoolean("ready"u8, problem is null);
            if (problem is not null)
                json.WriteString("error"u8, problem.Message);
        });
    }

    public Task ModelAsync(HttpContext context)
    {
        var model = ModelMetadata.Of(ModelRoute.ModelOf(context, pool), pool);
        return JsonResponse.WriteAsync(context, json => Write(json, model));
    }

    private static void Write(Utf8JsonWriter json, ModelMetadata model)
    {
        json.WriteString("name"u8, model.Name);
        json.WriteStartArray("versions"u8);
        foreach (string version in model.Versions)
            json.WriteStringValue(version);
        json.WriteEndArray();
        json.WriteString("platform"u8, ModelMetadata.Platform);
        WriteTensors(json, "inputs", model.Inputs);
        WriteTensors(json, "outputs", model.Outputs);
        json.WriteStartObject("properties"u8);
        foreach (var (name, value) in model.Properties)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, string field, IReadOnlyList<TensorMetadata> tensors)
    {
        json.WriteStartArray(field);
        foreach (var tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tensor.Name);
            json.WriteString("datatype"u8, tensor.Type.Name());
            json.WriteStartArray("shape"u8);
            foreach (long dimension in tensor.Shape)
                json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
