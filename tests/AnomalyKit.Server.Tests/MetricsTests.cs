using System.Text.RegularExpressions;
using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;
using YamlDotNet.RepresentationModel;

namespace AnomalyKit.Server.Tests;

/// <summary>What Prometheus is told, and what the dashboard asks it for.</summary>
public sealed partial class MetricsTests
{
    // Words of PromQL, and labels that Prometheus adds itself.
    private static readonly string[] Words = ["sum", "max", "by", "rate", "increase", "histogram_quantile", "label_values", "le", "job", "instance", "min", "or", "unless", "absent", "up"];

    [Fact]
    public async Task The_dashboard_and_the_alert_rules_ask_for_names_and_labels_that_there_are()
    {
        using var folder = new TempFolder();
        TestModels.Write(folder.File("models/forest.akm"), 1);
        await using var server = await ServerProcess.StartAsync(
            "--models", Path.Combine(folder.Root, "models"), "--set", "AnomalyDetection:Monitoring:SampleEvery=1", "--set", "AnomalyDetection:Monitoring:WindowRows=100");
        await server.ReadyAsync();
        using var client = server.Client();
        string[] rules = [.. Rules(Repository.Text("deploy/prometheus/alerts.yml"))];
        Assert.True(rules.Length >= 5);
        var asked = Expressions(Repository.Text("deploy/grafana/dashboards/anomalykit.json")).Concat(rules).SelectMany(Names).Except(Words).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(asked.Length > 15, "the dashboard asks for " + string.Join(' ', asked));
        string rows = string.Join(',', Enumerable.Repeat("[50, -50, 50, -50]", 200));
        string[] missing = asked;
        for (int i = 0; i < 100 && missing.Length > 0; i++)
        {
            // Far rows, so that there are anomalies, and enough for the monitor, which takes them in about once a second.
            using var answer = await client.PostAsync(new Uri("/predict", UriKind.Relative), new StringContent($$"""{"data": [{{rows}}]}"""));
            Assert.True(answer.IsSuccessStatusCode);
            using var refused = await client.PostAsync(new Uri("/predict", UriKind.Relative), new StringContent("""{"data": [[1, 2]]}"""));
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
            await Task.Delay(100);
            string page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            var there = Names(page).ToHashSet();
            missing = [.. asked.Where(name => !there.Contains(name))];
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_label_of_what_is_counted_is_one_of_a_few()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.ReadyAsync();
        using var client = server.Client();
        for (int i = 0; i < 50; i++)
        {
            using var unknown = await client.GetAsync(new Uri($"/v2/models/unknown-{i}", UriKind.Relative));
            using var nowhere = await client.GetAsync(new Uri($"/nowhere-{i}", UriKind.Relative));
        }

        string page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.DoesNotContain("unknown-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere-", page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Expressions(string dashboard)
    {
        using var json = System.Text.Json.JsonDocument.Parse(dashboard);
        return [.. json.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!)];
    }

    private static IEnumerable<string> Rules(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. ((YamlSequenceNode)stream.Documents[0].RootNode["groups"][0]["rules"]).Select(rule => ((YamlScalarNode)rule["expr"]).Value!)];
    }

    // Without what stands in quotes, and without the variables of Grafana and durations.
    private static IEnumerable<string> Names(string text) => Name().Matches(Aside().Replace(text, "")).Select(match => match.Value);

    [GeneratedRegex("\"[^\"]*\"|\\$[a-z_]+|\\[[0-9a-z]+\\]")]
    private static partial Regex Aside();

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]*")]
    private static partial Regex Name();
}
