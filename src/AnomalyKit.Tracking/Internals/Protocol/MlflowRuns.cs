using System.Globalization;

namespace AnomalyKit.Protocol;

/// <summary>What is asked of an MLflow server about experiments and runs.</summary>
internal sealed class MlflowRuns(MlflowHttp http)
{
    public const string ParentTag = "mlflow.parentRunId";
    public const string NameTag = "mlflow.runName";
    public const string UserTag = "mlflow.user";

    /// <summary>The tag that says which run of an outbox a run of the server is.</summary>
    public const string OriginTag = "anomalykit.run_id";

    /// <summary>The identifier of an experiment, which is created where there is none.</summary>
    public async Task<string> ExperimentAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindExperimentAsync(name, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        try
        {
            using var created = await http.SendAsync(HttpMethod.Post, "experiments/create", MlflowJson.Object(json => json.WriteString("name", name)), cancellationToken).ConfigureAwait(false);
            return created.RootElement.Needed("experiment_id");
        }
        catch (ServerRefusalException e) when (e.Code == ServerRefusalException.AlreadyThere)
        {
            // Somebody else was quicker.
            return await FindExperimentAsync(name, cancellationToken).ConfigureAwait(false) ?? throw new ServerRefusalException(e.Code, e.Message);
        }
    }

    /// <summary>The identifier of an experiment; null where there is none.</summary>
    /// <exception cref="ServerAwayException">The experiment was deleted: it may be restored.</exception>
    public async Task<string?> FindExperimentAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var found = await http.GetAsync("experiments/get-by-name", [("experiment_name", name)], cancellationToken).ConfigureAwait(false);
            var experiment = found.RootElement.Part("experiment");
            return experiment.Text("lifecycle_stage") == "deleted"
                ? throw new ServerAwayException($"The experiment '{name}' on {http.Server} was deleted. Restore it there, or delete it for good: then it is created anew.", mayHaveActed: false, isOfRequest: true)
                : experiment.Needed("experiment_id");
        }
        catch (ServerRefusalException e) when (e.Code == ServerRefusalException.NotThere)
        {
            return null;
        }
    }

    /// <summary>Starts a run.</summary>
    /// <returns>The server's identifier.</returns>
    public async Task<string> CreateAsync(string experiment, string? name, DateTimeOffset started, IEnumerable<KeyValuePair<string, string>> tags, CancellationToken cancellationToken)
    {
        var body = MlflowJson.Object(json =>
        {
            json.WriteString("experiment_id", experiment);
            json.WriteString("user_id", Environment.UserName);
            json.WriteNumber("start_time", started.ToUnixTimeMilliseconds());
            if (name is not null)
                json.WriteString("run_name", name);
            json.WriteStartArray("tags");
            foreach (var (key, value) in tags)
                MlflowJson.WritePair(json, key, value);
            json.WriteEndArray();
        });
        using var created = await http.SendAsync(HttpMethod.Post, "runs/create", body, cancellationToken).ConfigureAwait(false);
        return created.RootElement.Part("run").Part("info").Needed("run_id");
    }

    /// <summary>Looks for the run that an outbox created and did not hear of.</summary>
    public async Task<string?> FindByOriginAsync(string experiment, string origin, CancellationToken cancellationToken)
    {
        var body = MlflowJson.Object(json =>
        {
            json.WriteStartArray("experiment_ids");
            json.WriteStringValue(experiment);
            json.WriteEndArray();
            json.WriteString("filter", $"tags.`{OriginTag}` = '{origin}'");
            json.WriteNumber("max_results", 1);
        });
        using var found = await http.SendAsync(HttpMethod.Post, "runs/search", body, cancellationToken).ConfigureAwait(false);
        return found.RootElement.Items("runs").Select(run => run.Part("info").Needed("run_id")).FirstOrDefault();
    }

    /// <summary>Whether somebody has deleted a run: the server still knows it, and refuses everything that is written to it.</summary>
    public async Task<bool> IsDeletedAsync(string run, CancellationToken cancellationToken)
    {
        using var found = await http.GetAsync("runs/get", [("run_id", run)], cancellationToken).ConfigureAwait(false);
        return found.RootElement.Part("run").Part("info").Text("lifecycle_stage") == "deleted";
    }

    public async Task LogAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken)
    {
        using var done = await http.SendAsync(HttpMethod.Post, "runs/log-batch", batch, cancellationToken).ConfigureAwait(false);
    }

    public async Task EndAsync(string run, RunStatus status, DateTimeOffset? ended, CancellationToken cancellationToken)
    {
        var body = MlflowJson.Object(json =>
        {
            json.WriteString("run_id", run);
            json.WriteString("status", MlflowStatus.Text(status));
            if (ended is { } time)
                json.WriteNumber("end_time", time.ToUnixTimeMilliseconds());
        });
        using var done = await http.SendAsync(HttpMethod.Post, "runs/update", body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All points of a metric; none where the run has no such metric.</summary>
    public async Task<List<MetricPoint>> HistoryAsync(string run, string metric, CancellationToken cancellationToken)
    {
        const int PointsAtOnce = 25_000;
        var points = new List<MetricPoint>();
        var pages = new PageTokens(http.Server);
        do
        {
            using var page = await http.GetAsync(
                "metrics/get-history",
                [("run_id", run), ("metric_key", metric), ("max_results", PointsAtOnce.ToString(CultureInfo.InvariantCulture)), .. pages.Query],
                cancellationToken).ConfigureAwait(false);
            points.AddRange(page.RootElement.Items("metrics").Select(MlflowJson.Point));
            pages.Take(page.RootElement);
        }
        while (pages.IsMore);
        return points;
    }
}
