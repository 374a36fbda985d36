using System.Globalization;
using System.Text.Json;
using AnomalyKit.Naming;

namespace AnomalyKit.Protocol;

/// <summary>What is asked of an MLflow server about registered models.</summary>
internal sealed class MlflowModels(MlflowHttp http)
{
    public async Task CreateModelAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            using var created = await http.SendAsync(HttpMethod.Post, "registered-models/create", MlflowJson.Object(json => json.WriteString("name", model)), cancellationToken).ConfigureAwait(false);
        }
        catch (ServerRefusalException e) when (e.Code == ServerRefusalException.AlreadyThere)
        {
            // It is there already.
        }
    }

    public async Task<ModelVersion> CreateVersionAsync(string model, string run, string source, CancellationToken cancellationToken)
    {
        var body = MlflowJson.Object(json =>
        {
            json.WriteString("name", model);
            json.WriteString("source", source);
            json.WriteString("run_id", run);
        });
        using var created = await http.SendAsync(HttpMethod.Post, "model-versions/create", body, cancellationToken).ConfigureAwait(false);
        return Read(created.RootElement.Part("model_version"));
    }

    /// <summary>A version by number or alias; null where there is none.</summary>
    public async Task<ModelVersion?> FindAsync(string model, string version, CancellationToken cancellationToken)
    {
        try
        {
            using var found = version.All(char.IsAsciiDigit)
                ? await http.GetAsync("model-versions/get", [("name", model), ("version", version)], cancellationToken).ConfigureAwait(false)
                : await http.GetAsync("registered-models/alias", [("name", model), ("alias", version)], cancellationToken).ConfigureAwait(false);
            return Read(found.RootElement.Part("model_version"));
        }
        // An alias that is not there is a wrong value to some servers.
        catch (ServerRefusalException e) when (e.Code is ServerRefusalException.NotThere or "INVALID_PARAMETER_VALUE")
        {
            return null;
        }
    }

    public async Task<List<ModelVersion>> ListAsync(string? model, CancellationToken cancellationToken)
    {
        var versions = new List<ModelVersion>();
        // A name with both kinds of quotes cannot be asked for: then all are read.
        string? name = model is null ? null : FilterText.Quoted(model);
        var pages = new PageTokens(http.Server);
        do
        {
            using var page = await http.GetAsync(
                "model-versions/search",
                [("max_results", "1000"), .. name is null ? Array.Empty<(string, string)>() : [("filter", $"name={name}")], .. pages.Query],
                cancellationToken).ConfigureAwait(false);
            versions.AddRange(page.RootElement.Items("model_versions").Select(Read));
            pages.Take(page.RootElement);
        }
        while (pages.IsMore);
        // A search leaves the aliases out; the model tells them.
        var aliases = new Dictionary<string, List<(string Name, int Version)>>(StringComparer.Ordinal);
        if (model is not null)
            versions.RemoveAll(version => version.Model != model);
        foreach (string found in versions.Select(version => version.Model).Distinct())
            aliases[found] = await AliasesAsync(found, cancellationToken).ConfigureAwait(false);
        return [.. versions
            .Select(version => version with { Aliases = [.. aliases[version.Model].Where(alias => alias.Version == version.Version).Select(alias => alias.Name).Order(StringComparer.Ordinal)] })
            .OrderBy(version => version.Model, StringComparer.Ordinal).ThenBy(version => version.Version)];
    }

    public async Task SetAliasAsync(string model, string alias, int? version, CancellationToken cancellationToken)
    {
        var body = MlflowJson.Object(json =>
        {
            json.WriteString("name", model);
            json.WriteString("alias", alias);
            if (version is { } number)
                json.WriteString("version", number.ToString(CultureInfo.InvariantCulture));
        });
        using var done = await http.SendAsync(version is null ? HttpMethod.Delete : HttpMethod.Post, "registered-models/alias", body, cancellationToken).ConfigureAwait(false);
    }

    public async Task SetStageAsync(string model, int version, ModelStage stage, CancellationToken cancellationToken)
    {
        var body = MlflowJson.Object(json =>
        {
            json.WriteString("name", model);
            json.WriteString("version", version.ToString(CultureInfo.InvariantCulture));
            json.WriteString("stage", stage.ToString());
            json.WriteBoolean("archive_existing_versions", false);
        });
        using var done = await http.SendAsync(HttpMethod.Post, "model-versions/transition-stage", body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<(string Name, int Version)>> AliasesAsync(string model, CancellationToken cancellationToken)
    {
        using var found = await http.GetAsync("registered-models/get", [("name", model)], cancellationToken).ConfigureAwait(false);
        return [.. found.RootElement.Part("registered_model").Items("aliases").Select(alias => (alias.Needed("alias"), (int)(alias.Integer("version") ?? 0)))];
    }

    private static ModelVersion Read(JsonElement json)
    {
        // The path within the run follows the run's own folder of artifacts, as the server lays it out.
        string source = json.Text("source") ?? string.Empty, run = json.Text("run_id") ?? string.Empty;
        string folder = $"/{run}/artifacts/";
        int at = run.Length == 0 ? -1 : source.IndexOf(folder, StringComparison.Ordinal);
        return new ModelVersion(
            json.Needed("name"), (int)(json.Integer("version") ?? 0), run, at < 0 ? source : source[(at + folder.Length)..], Enum.TryParse<ModelStage>(json.Text("current_stage"), out var stage) ? stage : ModelStage.None)
        {
            Aliases = [.. json.Items("aliases").Select(alias => alias.GetString()!).Order(StringComparer.Ordinal)],
            Created = json.Time("creation_timestamp") ?? DateTimeOffset.UnixEpoch,
        };
    }
}
