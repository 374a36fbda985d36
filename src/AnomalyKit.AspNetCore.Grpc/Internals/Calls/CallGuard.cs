using System.IO.Pipelines;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Guarding;
using AnomalyKit.Serving.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.Calls;

/// <summary>Stands around the calls as around the endpoints of HTTP: health is open, the rest needs a key where there are keys, and bodies are counted while they arrive.</summary>
internal sealed class CallGuard(EndpointGuard guard, ScoringRequests requests)
{
    /// <summary>Guards an endpoint.</summary>
    public void Apply(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } inner)
            return;
        string path = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText ?? "";
        bool isHealth = path.EndsWith("/ServerLive", StringComparison.Ordinal) || path.EndsWith("/ServerReady", StringComparison.Ordinal);
        endpoint.RequestDelegate = context => CountAsync(context, inner);
        guard.Convention(isHealth ? EndpointAccess.Open : EndpointAccess.Key, ErrorForm.Problem)(endpoint);
    }

    private async Task CountAsync(HttpContext context, RequestDelegate inner)
    {
        // The frame of a message has five bytes; what follows a message of the largest size is seen and refused.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = requests.Options.MaxRequestBytes + 4096;
        var body = new CountedBody(context.Request.BodyReader, requests, context);
        context.Features.Set<IRequestBodyPipeFeature>(new BodyPipe(body));
        using var call = InferMessage.BeginCall();
        try
        {
            await inner(context);
        }
        finally
        {
            body.Release();
        }
    }

    private sealed class BodyPipe(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
