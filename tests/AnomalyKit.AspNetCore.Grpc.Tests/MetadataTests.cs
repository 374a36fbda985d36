using Inference;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>What server and models say of themselves.</summary>
public sealed class MetadataTests(GrpcFixture fixture) : IClassFixture<GrpcFixture>
{
    [Fact]
    public async Task Server_and_models_are_live_and_ready()
    {
        Assert.True((await fixture.Client.ServerLiveAsync(new ServerLiveRequest())).Live);
        Assert.True((await fixture.Client.ServerReadyAsync(new ServerReadyRequest())).Ready);
        Assert.True((await fixture.Client.ModelReadyAsync(new ModelReadyRequest { Name = "twice", Version = "2" })).Ready);
        await using var empty = await GrpcServer.StartAsync([]);
        Assert.True((await empty.Client.ServerLiveAsync(new ServerLiveRequest())).Live);
        Assert.False((await empty.Client.ServerReadyAsync(new ServerReadyRequest())).Ready);
    }

    [Fact]
    public async Task The_server_names_its_extensions()
    {
        var server = await fixture.Client.ServerMetadataAsync(new ServerMetadataRequest());
        Assert.Equal("anomalykit", server.Name);
        Assert.NotEqual("", server.Version);
        Assert.Equal(["binary_tensor_data"], server.Extensions);
    }

    [Fact]
    public async Task Models_tell_versions_inputs_and_outputs()
    {
        var numbers = await fixture.Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "numbers" });
        Assert.Equal("anomalykit", numbers.Platform);
        Assert.Equal(["values FP64 -1,4"], numbers.Inputs.Select(Text));
        Assert.Equal(["score FP32 -1", "label BOOL -1", "p_value FP64 -1", "contributions FP64 -1,4"], numbers.Outputs.Select(Text));
        var mixed = await fixture.Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "mixed" });
        Assert.Equal(["amount FP64 -1", "merchant BYTES -1", "card_present BOOL -1", "paid_at BYTES -1"], mixed.Inputs.Select(Text));
        Assert.Equal("""["amount","merchant","card_present","paid_at"]""", mixed.Properties["columns"]);
        var twice = await fixture.Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "twice" });
        Assert.Equal(["10", "2"], twice.Versions);
        Assert.Equal("10", twice.Properties["version"]);
    }

    private static string Text(ModelMetadataResponse.Types.TensorMetadata tensor) => $"{tensor.Name} {tensor.Datatype} {string.Join(',', tensor.Shape)}";
}
