using System.IO.Pipelines;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Scoring;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Serving.Streams;

/// <summary>
/// <c>POST /v1/models/{name}/score</c> with one row per line (NDJSON): one line of the answer for each, as they come, in bounded memory. A line that cannot be used is answered in its place, and the stream goes on.
/// </summary>
internal sealed class StreamEndpoint(ScoringRequests requests, IDetectorPool pool, IHostApplicationLifetime? lifetime)
{
    private const string ContentType = "application/x-ndjson";

    public static bool IsAskedFor(HttpRequest request)
    {
        string type = (request.ContentType ?? "").Split(';')[0].Trim();
        return type.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/ndjson", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        // One model from the first line to the last, whatever the pool loads meanwhile.
        var model = ModelRoute.ModelOf(context, pool);
        var explainer = new RowExplainer(model, ScoreQuery.Of(context.Request), requests.Options);
        explainer.Check();
        var input = StreamInput.Open(context.Request);
        requests.Gate.EnterStream();
        try
        {
            await RunAsync(context, input, model, explainer);
        }
        finally
        {
            requests.Gate.LeaveStream();
        }
    }

    private async Task RunAsync(HttpContext context, PipeReader input, ServedModel model, RowExplainer explainer)
    {
        Unlimit(context);
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers["X-Model-Name"] = Uri.EscapeDataString(model.Name);
        response.Headers["X-Model-Version"] = Uri.EscapeDataString(model.Version);
        await response.StartAsync(context.RequestAborted);
        using var batch = new LineBatch(model, requests.Options, requests.Gate);
        using var scorer = new LineScorer(model, explainer, response.BodyWriter);
        string? end = await new StreamLoop(requests, input, response.BodyWriter, batch, scorer).RunAsync(context.RequestAborted, lifetime?.ApplicationStopping ?? default);
        if (end is null)
            return;
        scorer.WriteEnd(end);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A stream may be long and slow; it has limits of its own.</summary>
    private static void Unlimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
