using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AnomalyKit.Peers;

namespace AnomalyKit.Quality.Tests;

/// <summary>The worker that the peers' driver times: one JSON line for every JSON line.</summary>
public sealed class PeerWorkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_loads_fits_and_scores()
    {
        var cells = Enumerable.Range(0, 3000).Select(i => MathF.Sin(i) + (i % 300 < 3 ? 9 : 0)).ToArray();
        foreach (string name in (string[])["all", "train", "held-out"])
            File.WriteAllBytes(_folder.File(name + ".f32"), MemoryMarshal.AsBytes<float>(name == "held-out" ? cells.AsSpan(0, 300) : cells).ToArray());
        string saved = _folder.File("scores");

        var answers = Ask(
            new JsonObject { ["command"] = "hello" },
            new JsonObject { ["command"] = "load", ["folder"] = _folder.Path, ["files"] = new JsonObject { ["all"] = 3, ["train"] = 3, ["held-out"] = 3 } },
            new JsonObject { ["command"] = "fit", ["detector"] = "isolation-forest", ["rows"] = "train", ["seed"] = 42, ["repeat"] = 2 },
            new JsonObject { ["command"] = "fit", ["detector"] = "isolation-forest", ["rows"] = "train", ["seed"] = 42, ["contamination"] = 0.01 },
            new JsonObject { ["command"] = "score", ["rows"] = "held-out", ["save"] = saved });

        Assert.All(answers, answer => Assert.Null(answer["error"]));
        Assert.Contains("isolation-forest", answers[0]["detectors"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(3, answers[1]["files"]!.GetValue<int>());
        Assert.Equal(2, answers[2]["seconds"]!.AsArray().Count);
        Assert.Equal(100, answers[4]["rows"]!.GetValue<int>());
        var scores = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(saved)).ToArray();
        Assert.Equal(100, scores.Length);
        Assert.Equal(0, Array.IndexOf(scores, scores.Max()));
    }

    [Fact]
    public void It_saves_the_scores_of_training_rows_where_a_detector_keeps_them()
    {
        var cells = Enumerable.Range(0, 900).Select(i => MathF.Sin(i) + (i is >= 51 and < 54 ? 9 : 0)).ToArray();
        File.WriteAllBytes(_folder.File("train.f32"), MemoryMarshal.AsBytes<float>(cells).ToArray());
        string saved = _folder.File("scores");
        JsonObject Fit(string detector) => new() { ["command"] = "fit", ["detector"] = detector, ["rows"] = "train", ["seed"] = 42, ["save"] = saved };

        var answers = Ask(
            new JsonObject { ["command"] = "load", ["folder"] = _folder.Path, ["files"] = new JsonObject { ["train"] = 3 } },
            Fit("local-outlier-factor"),
            Fit("isolation-forest"));

        Assert.Null(answers[1]["error"]);
        var scores = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(saved)).ToArray();
        Assert.Equal(300, scores.Length);
        Assert.Equal(17, Array.IndexOf(scores, scores.Max()));
        Assert.Contains("no training scores", answers[2]["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"command":"fit","detector":"isolation-forest","seed":1}""", "No data")]
    [InlineData("""{"command":"dance"}""", "no command 'dance'")]
    [InlineData("""{}""", "lacks 'command'")]
    [InlineData("nonsense", "invalid JSON")]
    [InlineData("""{"command":"load","folder":"absent","files":{"train":3}}""", "absent")]
    public void What_it_cannot_do_it_says(string request, string message)
    {
        var output = new StringWriter();

        new Worker(1).Serve(new StringReader(request + "\n"), output);

        Assert.Contains(message, JsonNode.Parse(output.ToString())!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_detectors_are_refused_with_those_that_there_are()
    {
        string message = Assert.Throws<PeerException>(() => PeerDetectors.Find("nonesuch")).Message;

        Assert.Contains("'nonesuch'", message, StringComparison.Ordinal);
        Assert.Contains("isolation-forest", message, StringComparison.Ordinal);
    }

    private static JsonNode[] Ask(params JsonObject[] requests)
    {
        var output = new StringWriter();
        new Worker(1).Serve(new StringReader(string.Join('\n', requests.Select(request => request.ToJsonString()))), output);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
