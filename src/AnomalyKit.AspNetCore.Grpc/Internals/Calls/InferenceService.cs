using AnomalyKit.Serving.Health;
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

    public Task<ModelReadyResponse> ModelReady(ModelReadyRequest request)
    {
        Find(request.Name, request.Version);
        return Task.FromResult(new ModelReadyResponse { Ready = true });
    }

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
            var model = pool.GetModel(request.ModelName, request.ModelVersion);
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

    private ServedModel Find(string name, string version) => pool.GetModel(name, version.Length == 0 ? null : version);
}
