using AnomalyKit.Tests.Hosting;
using Grpc.Core;
using Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static AnomalyKit.AspNetCore.Grpc.Tests.RawCall;
using static AnomalyKit.AspNetCore.Grpc.Tests.Tensors;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>A model that should be served and is not, over gRPC; and what the log says of it.</summary>
public sealed class UnavailableTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_model_that_should_be_served_is_unavailable_and_its_refusal_is_logged()
    {
        File.WriteAllText(_file, "no model");
        await using var server = new GrpcServer(await ServingHost.StartAsync(
            null,
            settings: new Dictionary<string, string?> { ["AnomalyDetection:Models:fraud:Path"] = _file, ["AnomalyDetection:ReloadInterval"] = "00:00:00" },
            map: app => app.MapAnomalyDetectionGrpc(),
            protocols: HttpProtocols.Http2,
            services: services => services.AddAnomalyDetectionGrpc()));
        await server.Host.Services.GetRequiredService<DetectorPool>().ReloadAsync();
        Assert.False((await server.Client.ModelReadyAsync(new ModelReadyRequest { Name = "fraud" })).Ready);
        var infer = await FailAsync(async () => await server.Client.ModelInferAsync(Request("fraud", Input("x", "FP64", [1, 4], Doubles(1, 2, 3, 4)))));
        Assert.Equal(StatusCode.Unavailable, infer.StatusCode);
        Assert.Contains("Model 'fraud', version '1' cannot be loaded: its file holds no model,", infer.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_file, infer.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.Unavailable, (await FailAsync(async () => await server.Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "fraud" }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailAsync(async () => await server.Client.ModelReadyAsync(new ModelReadyRequest { Name = "other" }))).StatusCode);

        string[] lines = [.. server.Host.Log.Entries.Where(entry => entry.Level == LogLevel.Information && entry.Text.Contains("Refused with", StringComparison.Ordinal)).Select(entry => entry.Text)];
        Assert.Contains(lines, line => line.Contains("Refused with 503 (model): POST /inference.GRPCInferenceService/ModelInfer from 127.0.0.1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Refused with 404 (unknown_model): POST /inference.GRPCInferenceService/ModelReady", StringComparison.Ordinal));
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task What_is_refused_while_it_arrives_is_logged_once()
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => (options.MaxRequestBytes, options.MaxBufferedBytes) = (64 << 10, 128 << 10));
        var gate = server.Host.Services.GetRequiredService<Serving.Requests.ScoringRequests>().Gate;
        gate.ReserveBytes(120 << 10);
        await FailAsync(async () => await server.Client.ModelInferAsync(Raw("numbers", "FP32", [2000, 4], new byte[32_000])));
        gate.ReleaseBytes(120 << 10);
        Assert.Single(server.Host.Log.Entries, entry => entry.Text.Contains("Refused with 429 (busy)", StringComparison.Ordinal));
    }
}
