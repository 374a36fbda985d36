using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Server.Tests;

/// <summary>The disk of the models is full while new ones are published: clients do not notice.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task A_disk_that_fills_while_models_are_published_costs_no_request()
    {
        using var disk = new SmallDisk();
        using var elsewhere = new TempFolder();
        string first = disk.File("model/1/model.akm"), second = disk.File("model/2/model.akm"), other = disk.File("other.akm");
        TestModels.Write(first, 1);
        TestModels.Write(other, 2);
        TestModels.Write(elsewhere.File("new.akm"), 3);
        byte[] published = File.ReadAllBytes(elsewhere.File("new.akm"));
        await using var server = await ServerProcess.StartAsync("--models", disk.Root, "--default-model", "model", "--set", "AnomalyDetection:ReloadInterval=00:00:00.05");
        await server.ReadyAsync();
        await using var load = new Load(server.Http, clients: 2, columns: 4);
        using var client = server.Client();
        double before = await ScoreAsync(client, "model"), beside = await ScoreAsync(client, "other");

        disk.Fill(left: published.Length / 2);
        // What the library saves appears whole or not at all.
        Assert.ThrowsAny<IOException>(() => TestModels.Write(other, 4));
        Assert.Equal([".ballast", "other.akm"], Directory.GetFiles(disk.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // What a plain copy leaves behind, at a new place and over a file that is served.
        Assert.ThrowsAny<IOException>(() => File.WriteAllBytes(second, published));
        Assert.True(new FileInfo(second).Length < published.Length);
        await server.UntilAsync(async () => await FailuresAsync(client) == "model/2");
        // A copy frees the space of what it writes over: a larger file runs out of it all the same.
        disk.Fill(left: 0);
        Assert.ThrowsAny<IOException>(() => File.WriteAllBytes(first, [.. published, .. published]));
        await server.UntilAsync(async () => await FailuresAsync(client) == "model/1 model/2");

        Assert.Equal(before, await ScoreAsync(client, "model"));
        Assert.Equal(beside, await ScoreAsync(client, "other"));
        using (var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains("degraded", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        disk.Empty();
        File.WriteAllBytes(second, published);
        await server.UntilAsync(async () => await ScoreAsync(client, "model") != before);
        Assert.Equal(beside, await ScoreAsync(client, "other"));
        await load.EndAsync();
        Assert.Null(load.Lost);
        Assert.True(load.Answered > 0);
    }

    private static async Task<string> FailuresAsync(HttpClient client)
    {
        using var json = JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/models", UriKind.Relative)));
        return string.Join(' ', json.RootElement.GetProperty("failures").EnumerateArray().Select(failure => $"{failure.GetProperty("model").GetString()}/{failure.GetProperty("version").GetString()}"));
    }

    private static async Task<double> ScoreAsync(HttpClient client, string model)
    {
        using var answer = await client.PostAsJsonAsync(new Uri($"/v1/models/{model}/score", UriKind.Relative), new { rows = new[] { new[] { 1.5, -0.5, 2.5, 0.25 } } });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.IsSuccessStatusCode, json.RootElement.GetRawText());
        return json.RootElement.GetProperty("rows")[0].GetProperty("score").GetDouble();
    }
}
