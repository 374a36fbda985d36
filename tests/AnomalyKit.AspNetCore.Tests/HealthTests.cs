using System.Net;
using System.Text.Json;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Tests;

/// <summary>What an orchestrator is told of models that are missing or broken.</summary>
public sealed class HealthTests : IDisposable
{
    private const string Degraded = "Model 'web', version '3' cannot be loaded: its file holds no model, or is damaged or incomplete. Version '1' is served.";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broken_new_version_degrades_a_host_that_runs_and_one_that_starts()
    {
        Save("web/1");
        await using (var host = await StartAsync())
        {
            Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
            Cut("web/3");
            Assert.Equal((HttpStatusCode.OK, "degraded", Degraded), await ReadyAsync(host));
            Assert.Equal("web/3", Failures((await host.GetAsync("/v1/models")).Json));
            Assert.Equal("web/3", Failures((await host.GetAsync("/v1/models/web")).Json));
        }

        await using var restarted = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, "degraded", Degraded), await ReadyAsync(restarted));
        Assert.Equal("web/3", Failures((await restarted.GetAsync("/v1/models/web")).Json));
        Directory.Delete(_folder.File("web/3"), recursive: true);
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(restarted));
        Assert.Equal("", Failures((await restarted.GetAsync("/v1/models/web")).Json));
    }

    [Fact]
    public async Task A_bad_upload_takes_no_host_out_that_serves_others()
    {
        Save("web/1");
        File.WriteAllText(_folder.File("bad.akm"), "no model");
        await using var host = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, "degraded", "Model 'bad', version '1' cannot be loaded: its file holds no model, or is damaged or incomplete."), await ReadyAsync(host));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/v2/health/ready")).Status);
        Assert.Equal("", Failures((await host.GetAsync("/v1/models/web")).Json));
    }

    [Fact]
    public async Task Models_that_are_all_gone_are_as_models_that_never_came()
    {
        await using var host = await StartAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", "No model is loaded."), await ReadyAsync(host));
        Save("web/1");
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
        Directory.Delete(_folder.File("web"), recursive: true);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", "No model is loaded."), await ReadyAsync(host));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.GetAsync("/v2/health/ready")).Status);
        Cut("web/2");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready"), await ReadyAsync(host) switch { var (status, word, _) => (status, word) });
        Save("web/2");
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
    }

    [Fact]
    public async Task A_model_that_is_required_by_name_is_waited_for()
    {
        Save("web/1");
        await using var host = await StartAsync(("AnomalyDetection:Models:fraud:Path", _folder.File("elsewhere.model")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", "Model 'fraud', version '1' cannot be loaded: its file cannot be read."), await ReadyAsync(host));
        TestModels.Numbers().Detector.Save(_folder.File("elsewhere.model"));
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
        // Away and back as it was: the same length and time are no reason to keep the error.
        File.Move(_folder.File("elsewhere.model"), _folder.File("away"));
        Assert.Equal("degraded", (await ReadyAsync(host)).Word);
        File.Move(_folder.File("away"), _folder.File("elsewhere.model"));
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_said_while_what_was_loaded_is_served()
    {
        Save("models/web/1");
        await using var host = await StartAsync(("AnomalyDetection:ModelFolder", _folder.File("models")));
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
        Directory.Move(_folder.File("models"), _folder.File("moved"));
        const string Lost = "Model 'web', version '1' cannot be loaded: its file cannot be read. Its last good file is still served. The folder of models cannot be read. What was loaded before is still served.";
        Assert.Equal((HttpStatusCode.OK, "degraded", Lost), await ReadyAsync(host));
        Directory.Move(_folder.File("moved"), _folder.File("models"));
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_not_waited_for_as_if_it_were_loading()
    {
        const string Unreadable = "The folder of models cannot be read.";
        await using var host = await StartAsync(("AnomalyDetection:ModelFolder", _folder.File("models")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", $"No model is loaded. {Unreadable}"), await ReadyAsync(host));
        foreach (var answer in new[] { await host.GetAsync("/v1/models/web"), await host.PostAsync("/predict", """{"data": [[0, 0, 0, 0]]}""") })
            answer.IsProblem(HttpStatusCode.ServiceUnavailable, $"{Unreadable} Does it exist, and may the service read it? The log of the service names it.");
        Assert.Single(host.Log.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Error && entry.Text.Contains(_folder.File("models"), StringComparison.Ordinal));
        Save("models/web/1");
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/v1/models/wep")).Status);
    }

    [Fact]
    public async Task A_host_that_nobody_gave_a_model_says_so()
    {
        const string None = "No model is configured: set AnomalyDetection:ModelFolder.";
        await using var host = await ServingHost.StartAsync(null, configure: null);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", None), await ReadyAsync(host));
        (await host.GetAsync("/v1/models/web")).IsProblem(HttpStatusCode.ServiceUnavailable, $"{None} Until then the service serves nothing.");
        Assert.Contains(host.Log.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Warning && entry.Text.Contains("No model is configured, so none is served. Set AnomalyDetection:ModelFolder,", StringComparison.Ordinal));

        await using var served = await ServingHost.StartAsync(TestModels.Numbers());
        Assert.DoesNotContain(served.Log.Entries, entry => entry.Text.Contains("No model is configured", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_default_model_that_is_not_there_is_told_apart_from_none()
    {
        const string Missing = "The default model 'fraud' is not served. Put its file into the folder of models, or change AnomalyDetection:DefaultModel to one of: pay, web.";
        await using var host = await StartAsync(("AnomalyDetection:DefaultModel", "fraud"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", "No model is loaded."), await ReadyAsync(host));
        Save("web/1");
        Save("pay/1");
        Assert.Equal((HttpStatusCode.OK, "degraded", Missing), await ReadyAsync(host));
        Assert.Equal("degraded", (await ReadyAsync(host)).Word);
        Assert.Single(host.Log.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Warning && entry.Text.Contains(Missing, StringComparison.Ordinal));
        (await host.PostAsync("/predict", """{"data": [[0, 0, 0, 0]]}""")).IsProblem(HttpStatusCode.ServiceUnavailable, Missing + " Or choose a model by /predict?model=NAME.");
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict?model=web", """{"data": [[0, 0, 0, 0]]}""")).Status);
        Save("fraud/1");
        Assert.Equal((HttpStatusCode.OK, "ready", ""), await ReadyAsync(host));
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict", """{"data": [[0, 0, 0, 0]]}""")).Status);
    }

    [Fact]
    public async Task A_model_that_should_be_served_is_unavailable_and_a_name_that_nobody_knows_is_not_found()
    {
        const string Why = "Model 'web', version '3' cannot be loaded: its file holds no model, or is damaged or incomplete. GET /v1/models lists it under failures, and the log of the service has the reason.";
        Save("pay/1");
        Cut("web/3");
        await using var host = await StartAsync();
        await ReadyAsync(host);
        foreach (string path in (string[])["/v1/models/web", "/v1/models/web/versions/3", "/v1/models/web/drift"])
            (await host.GetAsync(path)).IsProblem(HttpStatusCode.ServiceUnavailable, Why);
        (await host.PostAsync("/v1/models/web/score", "[]")).IsProblem(HttpStatusCode.ServiceUnavailable, Why);
        (await host.PostAsync("/v1/models/web/score", "[]", "application/x-ndjson")).IsProblem(HttpStatusCode.ServiceUnavailable, Why);
        (await host.PostAsync("/predict?model=web", """{"data": []}""")).IsProblem(HttpStatusCode.ServiceUnavailable, Why);
        var infer = await host.PostAsync("/v2/models/web/infer", "{}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Why), (infer.Status, infer.Json.GetProperty("error").GetString()));
        var unready = await host.GetAsync("/v2/models/web/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, false, Why), (unready.Status, unready.Json.GetProperty("ready").GetBoolean(), unready.Json.GetProperty("error").GetString()));
        Assert.True((await host.GetAsync("/v2/models/pay/ready")).Json.GetProperty("ready").GetBoolean());
        foreach (string path in (string[])["/v1/models/web/versions/4", "/v1/models/wep", "/v2/models/web/versions/4/ready", "/v2/models/wep"])
            Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(path)).Status);

        // What is unloaded by hand is known, too, and comes back by hand. Where the folder of a version is gone, nobody knows it any more.
        await host.Services.GetRequiredService<DetectorPool>().UnloadAsync("pay");
        (await host.GetAsync("/v1/models/pay")).IsProblem(HttpStatusCode.ServiceUnavailable, "Model 'pay', version '1' was unloaded by an administrator. POST /v1/admin/models/pay/load brings it back.");
        Directory.Delete(_folder.File("web"), recursive: true);
        await ReadyAsync(host);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/v1/models/web")).Status);
        Assert.DoesNotContain(_folder.Root, Why + infer.Json.GetRawText() + unready.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_all_files_were_tried_no_name_is_unknown()
    {
        Save("web/1");
        var services = new ServiceCollection().AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()).AddLogging();
        services.AddAnomalyDetection(options => options.ModelFolder = _folder.Root);
        await using var provider = services.BuildServiceProvider();
        var pool = provider.GetRequiredService<DetectorPool>();
        Assert.False(pool.HasTriedAll);
        var early = Assert.IsType<AnomalyKit.Serving.Errors.RequestException>(AnomalyKit.Serving.Models.MissingModel.Problem(pool, "web", null));
        Assert.Equal((503, TimeSpan.FromSeconds(1)), (early.Status, early.RetryAfter));
        await pool.ReloadAsync();
        Assert.True(pool.HasTriedAll);
        Assert.Null(AnomalyKit.Serving.Models.MissingModel.Problem(pool, "wep", null));
    }

    private async Task<ServingHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["AnomalyDetection:ModelFolder"] = _folder.Root, ["AnomalyDetection:ReloadInterval"] = "00:00:00" };
        foreach (var (key, value) in settings)
            all[key] = value;
        return await ServingHost.StartAsync(null, settings: all);
    }

    /// <summary>Has the host look at its files, and asks it.</summary>
    private static async Task<(HttpStatusCode Status, string Word, string Reasons)> ReadyAsync(ServingHost host)
    {
        await host.Services.GetRequiredService<DetectorPool>().ReloadAsync();
        var answer = await host.GetAsync("/health/ready");
        return (answer.Status, answer.Json.GetProperty("status").GetString()!, string.Join(' ', answer.Json.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())));
    }

    private static string Failures(JsonElement json) =>
        string.Join(' ', json.GetProperty("failures").EnumerateArray().Select(failure => $"{failure.GetProperty("model")}/{failure.GetProperty("version")}"));

    private void Save(string version)
    {
        Directory.CreateDirectory(_folder.File(version));
        TestModels.Numbers().Detector.Save(_folder.File(version + "/model.akm"));
    }

    private void Cut(string version)
    {
        // Never whole at its place: names with a dot are not looked at.
        string whole = _folder.File(".whole.akm");
        TestModels.Numbers().Detector.Save(whole);
        byte[] bytes = File.ReadAllBytes(whole);
        Directory.CreateDirectory(_folder.File(version));
        File.WriteAllBytes(_folder.File(version + "/model.akm"), bytes[..(bytes.Length / 2)]);
    }
}
