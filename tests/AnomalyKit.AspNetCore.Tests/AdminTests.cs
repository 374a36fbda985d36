using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tests;

public sealed class AdminTests
{
    [Fact]
    public async Task Models_are_loaded_unloaded_and_given_thresholds()
    {
        using var folder = new TempFolder();
        TestModels.Numbers().Detector.Save(folder.File("pay.akm"));
        await using var host = await ServingHost.StartAsync(null, Secrets.Add, new Dictionary<string, string?> { ["AnomalyDetection:ModelFolder"] = folder.Root, ["AnomalyDetection:ReloadInterval"] = "00:00:00" });
        var described = await SendAsync("/v1/admin/models/pay/threshold?version=1", """{"threshold": 0.9}""");
        Assert.Equal((HttpStatusCode.OK, .9), (described.Status, described.Json.GetProperty("threshold").GetDouble()));
        (await SendAsync("/v1/admin/models/pay/threshold", """{"threshold": "x"}""")).IsProblem(HttpStatusCode.BadRequest, "a finite number as 'threshold'");
        (await SendAsync("/v1/admin/models/pay/threshold", "{}")).IsProblem(HttpStatusCode.BadRequest, "no 'threshold'");
        (await SendAsync("/v1/admin/models/none/threshold", """{"threshold": 1}""")).IsProblem(HttpStatusCode.NotFound, "no model 'none'");

        Assert.Equal("fixed 0.9", described.Json.GetProperty("threshold_origin").GetString());

        // Another version, with other columns: who asks for the name gets it, and the log says so.
        TestModels.Mixed().Detector.Save(folder.File("pay/2/model.akm"));
        Assert.Equal("2", (await SendAsync("/v1/admin/models/pay/load?version=2", "")).Json.GetProperty("version").GetString());
        Assert.Contains(host.Log.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("Model pay/2 has other columns than pay/1, which requests for that name went to: new: ", StringComparison.Ordinal));
        Directory.Delete(folder.File("pay"), recursive: true);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v1/admin/models/pay/unload?version=2", "")).Status);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v1/admin/models/pay/unload", "")).Status);
        (await SendAsync("/v1/models/pay/score", "[]")).IsProblem(HttpStatusCode.ServiceUnavailable, "was unloaded by an administrator");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v1/admin/models/pay/load", "")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v1/models/pay/score", "[]")).Status);

        File.WriteAllText(folder.File("pay.akm"), "no model");
        (await SendAsync("/v1/admin/models/pay/load", "")).IsProblem(HttpStatusCode.Conflict, "what was served before is served still");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v1/models/pay/score", "[]")).Status);
        var ready = await host.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (ready.Status, ready.Json.GetProperty("status").GetString()));
        Assert.DoesNotContain(folder.Root, ready.Json.GetRawText(), StringComparison.Ordinal);

        (await SendAsync("/v1/admin/models/pay/unload", "", Secrets.Key)).IsProblem(HttpStatusCode.Forbidden, "does not belong to an administrator");
        (await SendAsync("/v1/admin/models/pay/unload", "", "x")).IsProblem(HttpStatusCode.Unauthorized, "API key");

        Task<Answer> SendAsync(string path, string body, string key = Secrets.Admin) =>
            host.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }.With("X-Api-Key", key));
    }

    [Fact]
    public async Task Administration_is_off_by_default()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        (await host.PostAsync("/v1/admin/models/numbers/unload", "")).IsProblem(HttpStatusCode.NotFound, "administration is off. Set AnomalyDetection:Serving:EnableAdmin");
        (await host.GetAsync("/v1/nothing")).IsProblem(HttpStatusCode.NotFound, "/v1/models/NAME/drift");
    }

    [Fact]
    public async Task A_host_without_models_lives_and_is_not_ready()
    {
        using var folder = new TempFolder();
        await using var host = await ServingHost.StartAsync(null, settings: new Dictionary<string, string?> { ["AnomalyDetection:ModelFolder"] = folder.Root });
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).Status);
        var ready = await host.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready"), (ready.Status, ready.Json.GetProperty("status").GetString()));
        Assert.Equal("No model is loaded.", ready.Json.GetProperty("reasons")[0].GetString());
        await host.Services.GetRequiredService<DetectorPool>().ReloadAsync();
        (await host.PostAsync("/predict", """{"data":[]}""")).IsProblem(HttpStatusCode.ServiceUnavailable, "No model is served. /health/ready says why");
    }
}
