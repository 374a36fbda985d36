using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Inference;

namespace AnomalyKit.Serving.Calls;

/// <summary>The calls with their names and messages. The request of ModelInfer is kept as bytes: its generated class would make objects of everything in it before anything is checked.</summary>
internal sealed class InferenceMethods(ScoringRequests requests) : IServiceMethodProvider<InferenceService>
{
    private const string ServiceName = "inference.GRPCInferenceService";

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<InferenceService> context)
    {
        Add(context, "ServerLive", Message(ServerLiveRequest.Parser), Message(ServerLiveResponse.Parser), (_, _, _) => InferenceService.ServerLive());
        Add(context, "ServerReady", Message(ServerReadyRequest.Parser), Message(ServerReadyResponse.Parser), (service, _, _) => service.ServerReady());
        Add(context, "ModelReady", Message(ModelReadyRequest.Parser), Message(ModelReadyResponse.Parser), (service, request, _) => service.ModelReady(request));
        Add(context, "ServerMetadata", Message(ServerMetadataRequest.Parser), Message(ServerMetadataResponse.Parser), (_, _, _) => InferenceService.ServerMetadata());
        Add(context, "ModelMetadata", Message(ModelMetadataRequest.Parser), Message(ModelMetadataResponse.Parser), (service, request, _) => service.ModelMetadata(request));
        var message = Marshallers.Create<InferMessage>((_, _) => throw new NotSupportedException("Requests are read, not written."), payload => Guarded(() => InferMessage.Read(payload, requests.Gate)));
        Add(context, "ModelInfer", message, Message(ModelInferResponse.Parser), (service, request, call) => service.ModelInfer(request, call.GetHttpContext()));
    }

    private void Add<TRequest, TResponse>(
        ServiceMethodProviderContext<InferenceService> context, string name, Marshaller<TRequest> request, Marshaller<TResponse> response, UnaryServerMethod<InferenceService, TRequest, TResponse> call)
        where TRequest : class
        where TResponse : class
    {
        context.AddUnaryMethod(new Method<TRequest, TResponse>(MethodType.Unary, ServiceName, name, request, response), [], async (service, message, callContext) =>
        {
            try
            {
                return await call(service, message, callContext);
            }
            catch (Exception e) when (Problem.Of(e) is not null)
            {
                throw CallErrors.Refused(e, requests.Refusals, callContext.GetHttpContext())!;
            }
        });
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (Problem.Of(e) is not null)
        {
            throw CallErrors.Refused(e, requests.Refusals, context: null)!;
        }
    }

    // Fields that are not known are not kept: a request could be full of them.
    private Marshaller<T> Message<T>(MessageParser<T> parser)
        where T : class, IMessage<T>, IBufferMessage
    {
        var strict = parser.WithDiscardUnknownFields(true);
        return Marshallers.Create<T>(
            static (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => Guarded(() => Parse(strict, context)));
    }

    private static T Parse<T>(MessageParser<T> parser, DeserializationContext context)
        where T : class, IMessage<T>, IBufferMessage
    {
        try
        {
            return parser.ParseFrom(context.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw RequestException.Invalid($"The message cannot be read: {e.Message} Write it with the published open_inference_grpc.proto.");
        }
    }
}
