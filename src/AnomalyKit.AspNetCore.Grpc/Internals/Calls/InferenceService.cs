using AnomalyKit.Serving.Health;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Protocol;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Wire;
using Inference;

namespace AnomalyKit.Serving.Calls;

/// <summary>The six calls of the protocol.</summary>
internal sealed class InferenceService(IDetectorPool pool, ScoringRequests requests, Inferring inferring, ServerReadiness readiness)
{
    public static Task<ServerLiveResponse> ServerLive() => Task.FromResult(new ServerLiveResponse { Live = true });

    public Task<ServerReadyResponse> ServerReady() => Task.FromResult(new ServerReadyResponse { Ready = readiness.IsReady });

    // A model that is known and cannot be used now is not ready; a name that nobody knows is an error.
    public Task<ModelReadyResponse> ModelReady(ModelReadyRequest request) =>
        Task.FromResult(new ModelReadyResponse { Ready = ModelRoute.Unready(pool, request.Name, VersionOf(request.Version)) is null });

    public static Task<ServerMetadataResponse> ServerMetadata()
    {
        var response = new ServerMetadataResponse { Name = Protocol.ServerMetadata.Name, Version = Protocol.ServerMetadata.Version };
        response.Extensions.Add(Protocol.ServerMetadata.Extensions);
        return Task.FromResult(response);
    }

    public Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request) =>
        Task.FromResult(MetadataReply.Of(Protocol.ModelMetadata.Of(Find(request.Name, request.Version), pool)));

    public async Task<ModelInferResponse> ModelInfer(InferMessage message, HttpContext context)
    {
        using (message)
        {
            var request = InferMessageReader.Read(message.Bytes);
            var model = ModelRoute.Find(pool, request.ModelName, request.ModelVersion);
            if (!requests.Gate.TryEnter())
                await requests.Gate.EnterAsync(context.RequestAborted);
            try
            {
                using var result = inferring.Infer(model, request.Request, context);
                return InferReply.Of(result);
            }
            finally
            {
                requests.Gate.Leave();
            }
        }
    }

    private ServedModel Find(string name, string version) => ModelRoute.Find(pool, name, VersionOf(version));

    private static string? VersionOf(string version) => version.Length == 0 ? null : version;
}
