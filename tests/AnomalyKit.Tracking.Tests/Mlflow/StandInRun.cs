using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>A run of a stand-in server.</summary>
internal sealed class StandInRun(string id, string experiment, long started, string name)
{
    public string Id => id;

    public string Experiment => experiment;

    public string Status { get; set; } = "RUNNING";

    public long? Ended { get; set; }

    /// <summary>Whether somebody has deleted it; it can be restored.</summary>
    public bool IsDeleted { get; set; }

    public string ArtifactUri { get; set; } = $"mlflow-artifacts:/{experiment}/{id}/artifacts";

    public Dictionary<string, string> Parameters { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public List<JsonObject> Points { get; } = [];

    public double? Last(string metric) => Points.LastOrDefault(point => (string)point["key"]! == metric) is { } point && point["value"]!.GetValueKind() == JsonValueKind.Number ? (double)point["value"]! : null;

    public JsonObject ToJson() => new()
    {
        ["info"] = new JsonObject { ["run_id"] = id, ["experiment_id"] = experiment, ["status"] = Status, ["start_time"] = started, ["end_time"] = Ended, ["run_name"] = name, ["artifact_uri"] = ArtifactUri, ["lifecycle_stage"] = IsDeleted ? "deleted" : "active" },
        ["data"] = new JsonObject
        {
            ["params"] = Pairs(Parameters),
            ["tags"] = Pairs(Tags),
            ["metrics"] = new JsonArray([.. Points.GroupBy(point => (string)point["key"]!).Select(group => group.Last().DeepClone())]),
        },
    };

    private static JsonArray Pairs(Dictionary<string, string> pairs) => new([.. pairs.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })]);
}
