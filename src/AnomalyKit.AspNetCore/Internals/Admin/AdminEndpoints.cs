using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Numbers;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.Admin;

/// <summary><c>POST /v1/admin/models/{name}/load</c>, <c>unload</c> and <c>threshold</c>, each with an optional <c>?version=</c>.</summary>
internal static class AdminEndpoints
{
    public const string Prefix = "/v1/admin/models/{name}";

    private const string Routes = "POST /v1/admin/models/NAME/load, …/unload and …/threshold";

    public static void Map(IEndpointRouteBuilder endpoints, DetectorPool pool, ScoringRequests requests)
    {
        MethodRoute.Post(endpoints, Prefix + "/load", context => LoadAsync(Checked(context), pool));
        MethodRoute.Post(endpoints, Prefix + "/unload", context => UnloadAsync(Checked(context), pool));
        MethodRoute.Post(endpoints, Prefix + "/threshold", context => SetThresholdAsync(Checked(context), pool, requests));
        MethodRoute.NotFound(endpoints, "/v1/admin/{**rest}", Routes);
    }

    /// <summary>Says at the routes that administration is off.</summary>
    public static void MapOff(IEndpointRouteBuilder endpoints) => endpoints.Map("/v1/admin/{**rest}", context => Task.FromException(new RequestException(
        StatusCodes.Status404NotFound,
        $"There is no route {context.Request.Path}: administration is off. Set {AnomalyServingOptions.SectionName}:{nameof(AnomalyServingOptions.EnableAdmin)} to true, and give a key IsAdmin.")));

    private static async Task LoadAsync(HttpContext context, DetectorPool pool)
    {
        ServedModel model;
        try
        {
            model = await pool.LoadAsync(NameOf(context), VersionOf(context), context.RequestAborted);
        }
        catch (InvalidOperationException e)
        {
            throw new RequestException(StatusCodes.Status409Conflict, $"The model was not loaded, and what was served before is served still: {e.Message}", e);
        }

        await DescribeAsync(context, model);
    }

    private static async Task UnloadAsync(HttpContext context, DetectorPool pool)
    {
        await pool.UnloadAsync(NameOf(context), VersionOf(context), context.RequestAborted);
        await JsonResponse.WriteAsync(context, json => json.WriteString("unloaded", NameOf(context)));
    }

    private static async Task SetThresholdAsync(HttpContext context, DetectorPool pool, ScoringRequests requests)
    {
        double threshold;
        using (var body = await requests.Bodies.ReadAsync(context))
            threshold = Threshold(new Utf8JsonReader(JsonText.WithoutMark(body.Bytes)));
        await DescribeAsync(context, await pool.SetThresholdAsync(NameOf(context), VersionOf(context), threshold, context.RequestAborted));
    }

    private static double Threshold(Utf8JsonReader reader)
    {
        const string Expected = "an object {\"threshold\": number}";
        double? threshold = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw JsonProblem.Unexpected(ref reader, -1, null, Expected);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isThreshold = JsonText.NameIs(ref reader, "threshold"u8);
            reader.Read();
            if (!isThreshold)
                throw RequestException.Invalid($"The request has other members than 'threshold'; {Expected} was expected.");
            if (reader.TokenType != JsonTokenType.Number || !JsonNumber.TryGet(ref reader, out double value))
                throw JsonProblem.Unexpected(ref reader, -1, null, "a finite number as 'threshold'");
            threshold = value;
        }

        reader.Read();
        return threshold ?? throw RequestException.Invalid($"The request has no 'threshold'; {Expected} was expected.");
    }

    private static Task DescribeAsync(HttpContext context, ServedModel model) => JsonResponse.WriteAsync(context, json => ModelDescription.Write(json, model));

    private static HttpContext Checked(HttpContext context)
    {
        QueryParameters.Check(context.Request, "version");
        return context;
    }

    private static string NameOf(HttpContext context) => (string)context.Request.RouteValues["name"]!;

    private static string? VersionOf(HttpContext context) => context.Request.Query["version"] is [{ Length: > 0 } version] ? version : null;
}
