using System.Text.Json;
using AnomalyKit.Tests.Hosting;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>What server and models say of themselves.</summary>
public sealed class MetadataTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ServingHost _host = fixture.Host;

    [Fact]
    public async Task The_server_names_its_extensions()
    {
        var answer = await _host.GetAsync("/v2");
        Assert.Equal("anomalykit", answer.Json.GetProperty("name").GetString());
        Assert.NotEqual("", answer.Json.GetProperty("version").GetString());
        Assert.Equal(["binary_tensor_data"], answer.Json.GetProperty("extensions").EnumerateArray().Select(extension => extension.GetString()!));
    }

    [Fact]
    public async Task Health_is_told()
    {
        Assert.True((await _host.GetAsync("/v2/health/live")).Json.GetProperty("live").GetBoolean());
        Assert.True((await _host.GetAsync("/v2/health/ready")).Json.GetProperty("ready").GetBoolean());
        var model = await _host.GetAsync("/v2/models/numbers/versions/1/ready");
        Assert.Equal("numbers", model.Json.GetProperty("name").GetString());
        Assert.True(model.Json.GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task A_server_without_models_is_live_and_not_ready()
    {
        await using var host = await ServingHost.StartAsync();
        Assert.Equal(200, (await host.GetAsync("/v2/health/live")).Status);
        var ready = await host.GetAsync("/v2/health/ready");
        Assert.Equal(503, ready.Status);
        Assert.False(ready.Json.GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task A_model_of_numbers_has_one_tensor()
    {
        var answer = await _host.GetAsync("/v2/models/numbers");
        Assert.Equal("anomalykit", answer.Json.GetProperty("platform").GetString());
        Assert.Equal(["values FP64 [-1,4]"], Tensors(answer.Json, "inputs"));
        Assert.Equal(["score FP32 [-1]", "label BOOL [-1]", "p_value FP64 [-1]", "contributions FP64 [-1,4]"], Tensors(answer.Json, "outputs"));
        var properties = answer.Json.GetProperty("properties");
        Assert.Equal(["v0", "v1", "v2", "v3"], JsonSerializer.Deserialize<string[]>(properties.GetProperty("columns").GetString()!)!);
        Assert.Equal("isolation-forest", properties.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_model_of_mixed_columns_has_one_tensor_per_column()
    {
        var answer = await _host.GetAsync("/v2/models/mixed");
        Assert.Equal(["amount FP64 [-1]", "merchant BYTES [-1]", "card_present BOOL [-1]", "paid_at BYTES [-1]"], Tensors(answer.Json, "inputs"));
        Assert.Equal(["score FP32 [-1]", "label BOOL [-1]", "contributions FP64 [-1,4]"], Tensors(answer.Json, "outputs"));
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_and_each_can_be_asked()
    {
        var answer = await _host.GetAsync("/v2/models/twice");
        Assert.Equal(["10", "2"], answer.Json.GetProperty("versions").EnumerateArray().Select(version => version.GetString()!));
        Assert.Equal("10", answer.Json.GetProperty("properties").GetProperty("version").GetString());
        string json = TensorText.Matrix([1, 2, 3, 4], 4);
        Assert.Equal("10", (await _host.InferAsync("twice", json)).Json.GetProperty("model_version").GetString());
        Assert.Equal("2", (await _host.InferAsync("twice/versions/2", json)).Json.GetProperty("model_version").GetString());
    }

    [Theory]
    [InlineData("/v2/models/none")]
    [InlineData("/v2/models/none/ready")]
    [InlineData("/v2/models/numbers/versions/7")]
    [InlineData("/v2/models/numbers/versions/7/ready")]
    [InlineData("/v2/models")]
    [InlineData("/v2/repository/index")]
    [InlineData("/v2/models/numbers/config")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var answer = await _host.GetAsync(path);
        Assert.Equal(404, answer.Status);
        Assert.NotEqual("", answer.Error);
    }

    [Fact]
    public async Task An_unknown_model_is_not_scored_and_a_wrong_method_is_refused()
    {
        Assert.Equal(404, (await _host.InferAsync("none", "{}")).Status);
        Assert.Equal(405, (await _host.GetAsync("/v2/models/numbers/infer")).Status);
        Assert.Equal(405, (await _host.PostAsync("/v2", [], null)).Status);
    }

    [Fact]
    public async Task Keys_are_asked_for_everywhere_but_at_health()
    {
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("k-0a7b5f3d9c"u8));
        await using var host = await ServingHost.StartAsync([ProtocolFixture.Numbers], options => options.Keys.Add(new ApiKeyOptions { Name = "k", Sha256 = hash }));
        foreach (string path in (string[])["/v2", "/v2/", "/V2/Models/numbers", "/v2/models/numbers", "/v2/models/numbers/ready", "/v2/models/none", "/v2/else"])
        {
            var refused = await host.GetAsync(path);
            Assert.Equal(401, refused.Status);
            Assert.NotEqual("", refused.Error);
        }

        Assert.Equal(401, (await host.InferAsync("numbers", TensorText.Matrix([1, 2, 3, 4], 4))).Status);
        Assert.Equal(200, (await host.GetAsync("/v2/health/live")).Status);
        Assert.Equal(200, (await host.GetAsync("/v2/health/ready")).Status);
        host.Client.DefaultRequestHeaders.Add("X-Api-Key", "k-0a7b5f3d9c");
        Assert.Equal(200, (await host.InferAsync("numbers", TensorText.Matrix([1, 2, 3, 4], 4))).Status);
    }

    private static IEnumerable<string> Tensors(JsonElement json, string field) => json.GetProperty(field).EnumerateArray().Select(tensor =>
        $"{tensor.GetProperty("name").GetString()} {tensor.GetProperty("datatype").GetString()} {tensor.GetProperty("shape").GetRawText()}");
}
