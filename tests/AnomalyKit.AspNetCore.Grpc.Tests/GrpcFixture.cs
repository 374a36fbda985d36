using AnomalyKit.Tests.Hosting;
using Grpc.Net.Client;
using Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>A server of gRPC on a free port, and a client.</summary>
public sealed class GrpcFixture : IAsyncLifetime
{
    internal static ServedModel Numbers { get; } = TestModels.Numbers();

    internal static ServedModel Mixed { get; } = TestModels.Mixed();

    internal GrpcServer Server { get; private set; } = null!;

    internal GRPCInferenceService.GRPCInferenceServiceClient Client => Server.Client;

    public async Task InitializeAsync() => Server = await GrpcServer.StartAsync(
        [TestModels.Numbers(), TestModels.Mixed(), TestModels.Numbers("twice", "2"), TestModels.Numbers("twice", "10")]);

    public async Task DisposeAsync()
    {
        await Server.Host.StopAsync();
        Server.Host.Log.HasNoProblems();
        await Server.DisposeAsync();
    }

    /// <summary>The scores that the library gives.</summary>
    internal static float[] Scores(params double[] values)
    {
        var scores = new float[values.Length / Numbers.Columns.ColumnCount];
        Numbers.Score(values, scores);
        return scores;
    }
}

/// <summary>A server and its client.</summary>
internal sealed class GrpcServer(ServingHost host) : IAsyncDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { MaxSendMessageSize = null, MaxReceiveMessageSize = null });

    public ServingHost Host => host;

    public GrpcChannel Channel => _channel;

    public GRPCInferenceService.GRPCInferenceServiceClient Client => field ??= new GRPCInferenceService.GRPCInferenceServiceClient(_channel);

    public static async Task<GrpcServer> StartAsync(ServedModel[] models, Action<AnomalyServingOptions>? configure = null) => new(await ServingHost.StartAsync(
        models, configure, map: app => app.MapAnomalyDetectionGrpc(), protocols: HttpProtocols.Http2, services: services => services.AddAnomalyDetectionGrpc()));

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await host.DisposeAsync();
    }
}
