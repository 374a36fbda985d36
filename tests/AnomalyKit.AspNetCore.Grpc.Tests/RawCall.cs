using Grpc.Core;
using Grpc.Net.Client;
using Inference;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Calls ModelInfer with bytes, right or wrong.</summary>
internal static class RawCall
{
    private static readonly Method<byte[], ModelInferResponse> Infer = new(
        MethodType.Unary, "inference.GRPCInferenceService", "ModelInfer", Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes),
        Marshallers.Create<ModelInferResponse>(_ => [], ModelInferResponse.Parser.ParseFrom));

    public static async Task<ModelInferResponse> InferAsync(GrpcChannel channel, byte[] message, CallOptions options = default) =>
        await channel.CreateCallInvoker().AsyncUnaryCall(Infer, null, options, message);

    /// <summary>The status of a call that must fail.</summary>
    public static async Task<Status> FailAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).Status;
}
