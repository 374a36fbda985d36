using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace AnomalyKit.Server.Tests;

/// <summary>Probes that speak <c>grpc.health.v1</c> hear what those of HTTP hear.</summary>
public sealed class GrpcHealthTests
{
    [UnixFact]
    public async Task The_standard_health_service_says_whether_requests_can_be_sent()
    {
        using var folder = new TempFolder();
        string models = Directory.CreateDirectory(folder.File("models")).FullName;
        await using var server = await ServerProcess.StartAsync("--models", models, "--grpc-urls", ServerProcess.AnyPort, "--stop-delay", "30");
        using var channel = GrpcChannel.ForAddress(await server.GrpcAsync());
        var health = new Health.HealthClient(channel);
        using var watch = health.Watch(new HealthCheckRequest(), deadline: DateTime.UtcNow + Patience.Long);
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest())).Status);

        TestModels.Write(Path.Combine(models, "m.akm"), 1);
        await server.ReadyAsync();
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest { Service = "inference.GRPCInferenceService" })).Status);
        // What is the same may be said again.
        do
            Assert.True(await watch.ResponseStream.MoveNext());
        while (watch.ResponseStream.Current.Status == ServingStatus.NotServing);
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await health.CheckAsync(new HealthCheckRequest { Service = "other" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);

        server.Signal("TERM");
        await server.UntilAsync(async () => (await health.CheckAsync(new HealthCheckRequest())).Status == ServingStatus.NotServing);
        do
            Assert.True(await watch.ResponseStream.MoveNext());
        while (watch.ResponseStream.Current.Status == ServingStatus.Serving);
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
    }
}
