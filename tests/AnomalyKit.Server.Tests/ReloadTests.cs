using System.Net.Http.Json;
using System.Text.Json;
using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Server.Tests;

/// <summary>Models are replaced while requests come.</summary>
public sealed class ReloadTests
{
    private static readonly string[] Fast = ["--set", "AnomalyDetection:ReloadInterval=00:00:00.05"];

    /// <summary>How often the model is replaced; more by the variable <c>ANOMALYKIT_RELOADS</c>.</summary>
    private static int Reloads => int.TryParse(Environment.GetEnvironmentVariable("ANOMALYKIT_RELOADS"), out int count) ? count : 12;

    [Fact]
    public async Task Models_that_are_replaced_under_load_cost_no_request()
    {
        using var folder = new TempFolder();
        string file = folder.File("models/model.akm");
        TestModels.Write(file, 0);
        await using var server = await ServerProcess.StartAsync(["--models", Path.GetDirectoryName(file)!, .. Fast]);
        await server.ReadyAsync();
        await using var load = new Load(server.Http, clients: 4, columns: 4);
        using var client = server.Client();
        double last = await ScoreAsync(client);
        for (int i = 1; i <= Reloads; i++)
        {
            TestModels.Write(file, (ulong)i);
            await server.UntilAsync(async () => await ScoreAsync(client) != last);
            last = await ScoreAsync(client);
        }

        await load.EndAsync();
        Assert.Null(load.Lost);
        Assert.True(load.Answered > 0);
    }

    [Fact]
    public async Task A_broken_file_changes_nothing_and_a_good_one_after_it_is_taken()
    {
        using var folder = new TempFolder();
        string file = folder.File("models/model.akm");
        TestModels.Write(file, 1);
        byte[] good = File.ReadAllBytes(file);
        await using var server = await ServerProcess.StartAsync(["--models", Path.GetDirectoryName(file)!, .. Fast]);
        await server.ReadyAsync();
        await using var load = new Load(server.Http, clients: 2, columns: 4);
        using var client = server.Client();
        double score = await ScoreAsync(client);

        // Cut off in the middle, then another byte in it, then nothing at all.
        foreach (byte[] broken in (byte[][])[good[..(good.Length / 2)], [.. good[..^40], 1, 2, 3, .. good[^37..]], []])
        {
            int told = Told(server);
            // Put there at once: a file that is written in place is empty for a moment, which the server would say of another one.
            File.WriteAllBytes(folder.File("broken"), broken);
            File.Move(folder.File("broken"), file, overwrite: true);
            await server.UntilAsync(() => Task.FromResult(Told(server) > told));
            Assert.Equal(score, await ScoreAsync(client));
            Assert.True((await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative))).IsSuccessStatusCode);
        }

        TestModels.Write(file, 2);
        await server.UntilAsync(async () => await ScoreAsync(client) != score);
        await load.EndAsync();
        Assert.Null(load.Lost);
    }

    /// <summary>How often the log named the file.</summary>
    private static int Told(ServerProcess server) => server.Log.Split("model.akm").Length - 1;

    private static async Task<double> ScoreAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/v1/models/model/score", UriKind.Relative), new { rows = new[] { new[] { 1.5, -0.5, 2.5, 0.25 } } });
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return Find(json.RootElement) ?? throw new InvalidOperationException("No score in: " + text);
    }

    private static double? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(member => member.Name == "score" && member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetDouble() : Find(member.Value)).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
