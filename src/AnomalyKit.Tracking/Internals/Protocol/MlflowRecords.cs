using System.Text.Json;

namespace AnomalyKit.Protocol;

/// <summary>Runs in a server's answers.</summary>
internal static class MlflowRecords
{
    /// <summary>Reads a run.</summary>
    /// <param name="json">The run.</param>
    /// <param name="experiments">Names of experiments by identifier.</param>
    public static RunRecord Read(JsonElement json, IReadOnlyDictionary<string, string> experiments)
    {
        var info = json.Part("info");
        var data = json.TryGetProperty("data", out var found) ? found : default;
        var tags = data.ValueKind == JsonValueKind.Object ? data.Pairs("tags") : [];
        var metrics = new Dictionary<string, MetricPoint>(StringComparer.Ordinal);
        foreach (var point in data.Items("metrics").Select(MlflowJson.Point))
            metrics[point.Name] = point;
        string experiment = info.Text("experiment_id") ?? string.Empty;
        return new RunRecord(info.Needed("run_id"), experiments.GetValueOrDefault(experiment, experiment), MlflowStatus.Read(info.Text("status")), info.Time("start_time") ?? DateTimeOffset.UnixEpoch)
        {
            Name = info.Text("run_name") is { Length: > 0 } name ? name : tags.GetValueOrDefault(MlflowRuns.NameTag),
            ParentRunId = tags.GetValueOrDefault(MlflowRuns.ParentTag),
            // Zero stands for a run that goes on.
            Ended = info.Integer("end_time") is > 0 ? info.Time("end_time") : null,
            Parameters = data.ValueKind == JsonValueKind.Object ? data.Pairs("params") : [],
            Metrics = metrics,
            Tags = tags,
        };
    }

    /// <summary>All experiments: names by identifier.</summary>
    public static async Task<Dictionary<string, string>> ExperimentsAsync(MlflowHttp http, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var pages = new PageTokens(http.Server);
        do
        {
            var body = MlflowJson.Object(json =>
            {
                json.WriteNumber("max_results", 1000);
                json.WriteString("view_type", "ACTIVE_ONLY");
                pages.WriteTo(json);
            });
            using var page = await http.SendAsync(HttpMethod.Post, "experiments/search", body, cancellationToken).ConfigureAwait(false);
            foreach (var experiment in page.RootElement.Items("experiments"))
                names[experiment.Needed("experiment_id")] = experiment.Needed("name");
            pages.Take(page.RootElement);
        }
        while (pages.IsMore);
        return names;
    }
}
