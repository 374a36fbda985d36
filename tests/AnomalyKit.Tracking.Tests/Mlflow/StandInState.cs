using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>What a stand-in of an MLflow server knows. Points that come twice are kept twice, as a server's folder of files does.</summary>
internal sealed partial class StandInState
{
    private readonly Lock _gate = new();
    private readonly List<StandInRun> _runs = [];
    private readonly List<string> _experiments = ["Default"];
    private readonly Dictionary<string, byte[]> _artifacts = [];
    private readonly List<(string Model, int Version, JsonObject Fields)> _versions = [];
    private readonly HashSet<string> _models = [];
    private readonly Dictionary<(string Model, string Alias), string> _aliases = [];

    /// <summary>The runs that there are now.</summary>
    public IReadOnlyList<StandInRun> Runs
    {
        get
        {
            lock (_gate)
                return [.. _runs];
        }
    }

    /// <summary>The most runs and points in an answer.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>What artifacts/list says besides.</summary>
    public List<string> ListedBesides { get; } = [];

    /// <summary>Names of experiments that somebody has deleted; they can be restored.</summary>
    public HashSet<string> DeletedExperiments { get; } = [];

    /// <summary>Keys of parameters that are refused.</summary>
    public HashSet<string> Refused { get; } = [];

    public void Add(StandInRun run)
    {
        lock (_gate)
            _runs.Add(run);
    }

    /// <summary>Deletes an experiment for good: its name is free again, its identifier is nobody's.</summary>
    public void Erase(string experiment)
    {
        lock (_gate)
            _experiments[_experiments.IndexOf(experiment)] = string.Empty;
    }

    public object Artifact(string method, string path, byte[] body)
    {
        lock (_gate)
        {
            if (method == "PUT")
                _artifacts[path] = body;
            return method == "PUT" ? new JsonObject() : _artifacts.TryGetValue(path, out var content) ? content : throw NotThere("the artifact");
        }
    }

    public JsonObject Act(string method, string name, JsonObject fields)
    {
        string Text(string field) => (string?)fields[field] ?? string.Empty;
        lock (_gate)
        {
            switch (name)
            {
                case "experiments/create":
                    if (_experiments.Contains(Text("name")))
                        throw new MlflowErrorException(400, "RESOURCE_ALREADY_EXISTS", "the experiment is there");
                    _experiments.Add(Text("name"));
                    return new JsonObject { ["experiment_id"] = Id(_experiments.Count - 1) };
                case "experiments/get-by-name":
                    return new JsonObject { ["experiment"] = Experiment(_experiments.IndexOf(Text("experiment_name"))) };
                case "experiments/get":
                    return new JsonObject { ["experiment"] = Experiment(int.Parse(Text("experiment_id"), CultureInfo.InvariantCulture)) };
                case "experiments/search":
                    return new JsonObject { ["experiments"] = new JsonArray([.. _experiments.Select((_, i) => Experiment(i))]) };
                case "runs/create":
                    Active(int.Parse(Text("experiment_id"), CultureInfo.InvariantCulture));
                    _runs.Add(new StandInRun(Guid.NewGuid().ToString("N"), Text("experiment_id"), (long)fields["start_time"]!, Text("run_name")));
                    Add(_runs[^1].Tags, fields["tags"]);
                    return new JsonObject { ["run"] = _runs[^1].ToJson() };
                case "runs/get":
                    return new JsonObject { ["run"] = Run(Text("run_id")).ToJson() };
                case "runs/update":
                    (Active(Text("run_id")).Status, Active(Text("run_id")).Ended) = (Text("status"), (long?)fields["end_time"]);
                    return [];
                case "runs/log-batch":
                    return Log(Active(Text("run_id")), fields);
                case "runs/search":
                    return Search(fields);
                case "metrics/get-history":
                    return Page(Run(Text("run_id")).Points.Where(point => (string)point["key"]! == Text("metric_key")), "metrics", Text("page_token"), PageSize);
                case "artifacts/list":
                    return List(Run(Text("run_id")), Text("path"));
                default:
                    return Models(method, name, Text);
            }
        }
    }

    private static JsonObject Log(StandInRun run, JsonObject batch, HashSet<string> refused)
    {
        // All or nothing, as far as parameters are concerned: they are looked at first.
        foreach (var pair in batch["params"]?.AsArray() ?? [])
        {
            string key = (string)pair!["key"]!;
            if (refused.Contains(key))
                throw new MlflowErrorException(400, "INVALID_PARAMETER_VALUE", $"'{key}' is refused");
            if (run.Parameters.TryGetValue(key, out string? known) && known != (string)pair["value"]!)
                throw new MlflowErrorException(400, "INVALID_PARAMETER_VALUE", $"Changing param values is not allowed. Param with key='{key}' was already logged");
        }

        Add(run.Parameters, batch["params"]);
        Add(run.Tags, batch["tags"]);
        foreach (var point in batch["metrics"]?.AsArray() ?? [])
            run.Points.Add(point!.DeepClone().AsObject());
        return [];
    }

    private JsonObject Log(StandInRun run, JsonObject batch) => Log(run, batch, Refused);

    // Enough of MLflow's language for the requests of the tests.
    private JsonObject Search(JsonObject fields)
    {
        var experiments = fields["experiment_ids"]!.AsArray().Select(id => (string)id!).ToHashSet();
        var found = _runs.Where(run => experiments.Contains(run.Experiment));
        foreach (Match condition in Condition().Matches((string?)fields["filter"] ?? string.Empty))
        {
            string name = condition.Groups["name"].Value, value = condition.Groups["value"].Value;
            found = condition.Groups["field"].Value switch
            {
                "tags" => found.Where(run => run.Tags.GetValueOrDefault(name) == value),
                "params" => found.Where(run => run.Parameters.GetValueOrDefault(name) == value),
                _ => found.Where(run => run.Status == value),
            };
        }

        string order = (string?)fields["order_by"]?.AsArray().FirstOrDefault() ?? string.Empty;
        if (order.StartsWith("metrics.", StringComparison.Ordinal))
        {
            string metric = order.Split('`')[1];
            found = order.EndsWith("DESC", StringComparison.Ordinal) ? found.OrderByDescending(run => run.Last(metric) ?? double.NegativeInfinity) : found.OrderBy(run => run.Last(metric) ?? double.PositiveInfinity);
        }

        return Page(found.Select(run => run.ToJson()), "runs", (string?)fields["page_token"] ?? string.Empty, Math.Min(PageSize, (int?)fields["max_results"] ?? 1000));
    }

    private static JsonObject Page(IEnumerable<JsonObject> items, string name, string token, int size)
    {
        int start = token.Length == 0 ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
        JsonObject[] some = [.. items.Skip(start).Take(size + 1)];
        var page = new JsonObject { [name] = new JsonArray([.. some.Take(size).Select(item => item.DeepClone())]) };
        if (some.Length > size)
            page["next_page_token"] = Id(start + size);
        return page;
    }

    private JsonObject List(StandInRun run, string folder)
    {
        string root = $"{run.Experiment}/{run.Id}/artifacts/{(folder.Length > 0 ? folder + "/" : string.Empty)}";
        var inside = _artifacts.Where(file => file.Key.StartsWith(root, StringComparison.Ordinal)).Select(file => (Inner: file.Key[root.Length..], file.Value.Length)).ToList();
        string prefix = folder.Length > 0 ? folder + "/" : string.Empty;
        return new JsonObject
        {
            ["root_uri"] = run.ArtifactUri,
            ["files"] = new JsonArray(
            [
                .. inside.Where(file => !file.Inner.Contains('/')).Select(file => new JsonObject { ["path"] = prefix + file.Inner, ["is_dir"] = false, ["file_size"] = file.Length }),
                .. inside.Where(file => file.Inner.Contains('/')).Select(file => file.Inner.Split('/')[0]).Distinct().Select(name => new JsonObject { ["path"] = prefix + name, ["is_dir"] = true }),
                .. folder.Length > 0 ? [] : ListedBesides.Select(path => new JsonObject { ["path"] = path, ["is_dir"] = false, ["file_size"] = 1 }),
            ]),
        };
    }

    private JsonObject Models(string method, string name, Func<string, string> text)
    {
        string model = text("name");
        JsonObject Version(string number) => Filled(_versions.FirstOrDefault(version => version.Model == model && Id(version.Version) == number).Fields ?? throw NotThere("the version"));
        switch (name)
        {
            case "registered-models/create":
                return _models.Add(model) ? new JsonObject { ["registered_model"] = new JsonObject { ["name"] = model } } : throw new MlflowErrorException(400, "RESOURCE_ALREADY_EXISTS", "the model is there");
            case "registered-models/get":
                var aliases = _aliases.Where(pair => pair.Key.Model == model).Select(pair => new JsonObject { ["alias"] = pair.Key.Alias, ["version"] = pair.Value });
                return new JsonObject { ["registered_model"] = new JsonObject { ["name"] = model, ["aliases"] = new JsonArray([.. aliases]) } };
            case "model-versions/create":
                int next = _versions.Count(version => version.Model == model) + 1;
                _versions.Add((model, next, new JsonObject { ["name"] = model, ["version"] = Id(next), ["source"] = text("source"), ["run_id"] = text("run_id"), ["current_stage"] = "None", ["creation_timestamp"] = 1_800_000_000_000 }));
                return new JsonObject { ["model_version"] = _versions[^1].Fields.DeepClone() };
            case "model-versions/get":
                return new JsonObject { ["model_version"] = Version(text("version")) };
            case "model-versions/search":
                var asked = Name().Match(text("filter"));
                return Page(_versions.Where(version => !asked.Success || version.Model == asked.Groups["name"].Value).Select(version => version.Fields), "model_versions", text("page_token"), PageSize);
            case "model-versions/transition-stage":
                _versions.First(version => version.Model == model && Id(version.Version) == text("version")).Fields["current_stage"] = text("stage");
                return new JsonObject { ["model_version"] = Version(text("version")) };
            case "registered-models/alias" when method == "POST":
                Version(text("version"));
                _aliases[(model, text("alias"))] = text("version");
                return [];
            case "registered-models/alias" when method == "DELETE":
                _aliases.Remove((model, text("alias")));
                return [];
            default:
                return new JsonObject { ["model_version"] = Version(_aliases.TryGetValue((model, text("alias")), out string? number) ? number : throw new MlflowErrorException(400, "INVALID_PARAMETER_VALUE", "no such alias")) };
        }
    }

    private JsonObject Filled(JsonObject version)
    {
        var filled = version.DeepClone().AsObject();
        filled["aliases"] = new JsonArray([.. _aliases.Where(pair => pair.Key.Model == (string)filled["name"]! && pair.Value == (string)filled["version"]!).Select(pair => (JsonNode)pair.Key.Alias)]);
        return filled;
    }

    private JsonObject Experiment(int index) => index < 0 || index >= _experiments.Count
        ? throw NotThere("the experiment")
        : new JsonObject { ["experiment_id"] = Id(index), ["name"] = _experiments[index], ["lifecycle_stage"] = DeletedExperiments.Contains(_experiments[index]) ? "deleted" : "active" };

    private void Active(int experiment)
    {
        if (_experiments[experiment].Length == 0)
            throw NotThere("the experiment");
        if (DeletedExperiments.Contains(_experiments[experiment]))
            throw new MlflowErrorException(400, "INVALID_PARAMETER_VALUE", $"The experiment {experiment} must be in the 'active' state. Current state is deleted.");
    }

    private StandInRun Active(string run) => Run(run) is { IsDeleted: false } active ? active
        : throw new MlflowErrorException(400, "INVALID_PARAMETER_VALUE", $"The run {run} must be in the 'active' state. Current state is deleted.");

    private StandInRun Run(string id) => _runs.FirstOrDefault(run => run.Id == id) ?? throw NotThere("the run");

    private static void Add(Dictionary<string, string> pairs, JsonNode? added)
    {
        foreach (var pair in added?.AsArray() ?? [])
            pairs[(string)pair!["key"]!] = (string)pair["value"]!;
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static MlflowErrorException NotThere(string what) => new(404, "RESOURCE_DOES_NOT_EXIST", $"{what} is not there");

    [GeneratedRegex("^name=(?<quote>['\"])(?<name>.*)\\k<quote>$")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<field>tags|params|attributes)\.`?(?<name>[^`=]+?)`? = '(?<value>[^']*)'")]
    private static partial Regex Condition();
}
