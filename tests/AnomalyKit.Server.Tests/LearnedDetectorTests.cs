using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AnomalyKit.Numerics;
using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Server.Tests;

/// <summary>A detector that has learned from answers is served as any other.</summary>
public sealed class LearnedDetectorTests
{
    private const int Columns = 3;

    [Fact]
    public async Task It_scores_over_http_as_in_memory_to_the_bit()
    {
        var random = new CounterRandom(5);
        float[] cells = new float[400 * Columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextGaussian() * (i < 10 * Columns ? 4 : 1));
        var rows = FeatureMatrix.Wrap(cells, new FeatureSchema(["x1", "x2", "x3"]));
        var before = new IsolationForestTrainer { TreeCount = 30, Seed = 1 }.Fit(rows);
        var session = FeedbackSession.Start(before, rows);
        session.Answer("1", FeedbackLabel.Anomaly);
        session.Answer("2", FeedbackLabel.Normal);
        session.Answer("3", FeedbackLabel.Normal);
        var learned = session.ToDetector();
        Assert.IsType<FeedbackDetector>(learned);

        using var folder = new TempFolder();
        string file = folder.File("models/learned.akm");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        learned.Save(file);
        await using var server = await ServerProcess.StartAsync("--models", Path.GetDirectoryName(file)!);
        await server.ReadyAsync();
        using var client = server.Client();
        float[][] asked = [.. Enumerable.Range(0, 40).Select(row => cells[(row * Columns)..((row + 1) * Columns)])];
        using var answer = await client.PostAsJsonAsync(new Uri("/v1/models/learned/score?explain=1", UriKind.Relative), new { rows = asked });
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        float[] served = [.. Scores(json.RootElement)];
        Assert.Equal(learned.Score(rows)[..40].Select(BitConverter.SingleToInt32Bits), served.Select(BitConverter.SingleToInt32Bits));
        Assert.NotEqual(before.Score(rows)[..40], served);
    }

    private static IEnumerable<float> Scores(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Scores),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.NameEquals("score") ? [float.Parse(member.Value.GetRawText(), CultureInfo.InvariantCulture)] : Scores(member.Value)),
        _ => [],
    };
}
