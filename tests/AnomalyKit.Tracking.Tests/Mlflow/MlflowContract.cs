using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>MLflow's published contract: fields and their types, limits of a batch, lengths, letters.</summary>
internal static partial class MlflowContract
{
    private const int MaxBatchBytes = 1_000_000;

    // Method, fields of texts (* must be there), of whole numbers, of lists.
    private static readonly Dictionary<string, (string Method, string Texts, string Numbers, string Lists)> Calls = new()
    {
        ["experiments/create"] = ("POST", "*name artifact_location", "", "tags"),
        ["experiments/get-by-name"] = ("GET", "*experiment_name", "", ""),
        ["experiments/get"] = ("GET", "*experiment_id", "", ""),
        ["experiments/search"] = ("POST", "page_token filter view_type", "*max_results", "order_by"),
        ["runs/create"] = ("POST", "*experiment_id user_id run_name", "*start_time", "tags"),
        ["runs/get"] = ("GET", "*run_id", "", ""),
        ["runs/update"] = ("POST", "*run_id status run_name", "end_time", ""),
        ["runs/search"] = ("POST", "filter run_view_type page_token", "max_results", "*experiment_ids order_by"),
        ["runs/log-batch"] = ("POST", "*run_id", "", "metrics params tags"),
        ["metrics/get-history"] = ("GET", "*run_id *metric_key page_token max_results", "", ""),
        ["artifacts/list"] = ("GET", "*run_id path page_token", "", ""),
        ["registered-models/create"] = ("POST", "*name description", "", "tags"),
        ["registered-models/get"] = ("GET", "*name", "", ""),
        ["model-versions/create"] = ("POST", "*name *source run_id description", "", "tags"),
        ["model-versions/get"] = ("GET", "*name *version", "", ""),
        ["model-versions/search"] = ("GET", "filter max_results page_token", "", ""),
        ["model-versions/transition-stage"] = ("POST", "*name *version *stage", "", "archive_existing_versions"),
        ["registered-models/alias"] = ("*", "*name *alias version", "", ""),
    };

    /// <summary>The fields of a request.</summary>
    public static JsonObject Read(HttpRequest request, string name, byte[] body)
    {
        if (!Calls.TryGetValue(name, out var call))
            throw new ContractException("there is no such endpoint");
        Check(call.Method == "*" || call.Method == request.Method, $"{request.Method} instead of {call.Method}");
        JsonObject fields;
        if (request.Method == "GET")
        {
            Check(body.Length == 0, "a GET has a body");
            fields = new JsonObject(request.Query.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.Single())));
        }
        else
        {
            Check(request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true, $"the content type is {request.ContentType}");
            Check(!request.Headers.ContainsKey("Transfer-Encoding"), "the length is not said");
            fields = JsonNode.Parse(body)!.AsObject();
        }

        Check(fields, call.Texts, JsonValueKind.String);
        Check(fields, call.Numbers, JsonValueKind.Number);
        string[] known = [.. $"{call.Texts} {call.Numbers} {call.Lists}".Split(' ').Select(field => field.TrimStart('*'))];
        Check(fields.All(field => known.Contains(field.Key)), $"fields that nobody knows: {string.Join(", ", fields.Select(field => field.Key).Except(known))}");
        foreach (var field in fields)
            Check(field.Value is not null, $"'{field.Key}' is null");
        if (name == "runs/log-batch")
            CheckBatch(fields, body.Length);
        else if (fields["tags"] is JsonArray tags)
            CheckPairs(tags, 5000);
        if (name == "runs/update")
            Check((string?)fields["status"] is null or "RUNNING" or "SCHEDULED" or "FINISHED" or "FAILED" or "KILLED", $"there is no status {fields["status"]}");
        if (name == "model-versions/transition-stage")
            Check((string?)fields["stage"] is "None" or "Staging" or "Production" or "Archived", $"there is no stage {fields["stage"]}");
        return fields;
    }

    private static void CheckBatch(JsonObject batch, int bytes)
    {
        Check(bytes <= MaxBatchBytes, $"the batch has {bytes} bytes");
        var metrics = batch["metrics"]?.AsArray() ?? [];
        var parameters = batch["params"]?.AsArray() ?? [];
        var tags = batch["tags"]?.AsArray() ?? [];
        Check(metrics.Count <= 1000 && parameters.Count <= 100 && tags.Count <= 100, $"the batch has {metrics.Count} metrics, {parameters.Count} parameters and {tags.Count} tags");
        Check(metrics.Count + parameters.Count + tags.Count is > 0 and <= 1000, $"the batch has {metrics.Count + parameters.Count + tags.Count} items");
        CheckPairs(parameters, 6000);
        CheckPairs(tags, 5000);
        foreach (var metric in metrics)
        {
            var fields = metric!.AsObject();
            Check(fields.Select(field => field.Key).Order(StringComparer.Ordinal).SequenceEqual(["key", "step", "timestamp", "value"]), $"a metric has the fields {string.Join(", ", fields.Select(field => field.Key))}");
            CheckKey((string)fields["key"]!);
            Check(fields["value"]!.GetValueKind() == JsonValueKind.Number || (string)fields["value"]! is "NaN" or "Infinity" or "-Infinity", $"a metric has the value {fields["value"]!.ToJsonString()}");
            Check(fields["timestamp"]!.AsValue().TryGetValue(out long time) && time > 1_000_000_000_000, $"a metric has the time {fields["timestamp"]}");
            Check(fields["step"]!.AsValue().TryGetValue(out long _), $"a metric has the step {fields["step"]}");
        }
    }

    private static void CheckPairs(JsonArray pairs, int maxLength)
    {
        foreach (var pair in pairs)
        {
            var fields = pair!.AsObject();
            Check(fields.Select(field => field.Key).SequenceEqual(["key", "value"]), $"a pair has the fields {string.Join(", ", fields.Select(field => field.Key))}");
            CheckKey((string)fields["key"]!);
            Check(((string)fields["value"]!).Length <= maxLength, $"'{fields["key"]}' has {((string)fields["value"]!).Length} characters");
        }
    }

    private static void CheckKey(string key) => Check(key.Length is > 0 and <= 250 && Key().IsMatch(key), $"'{key}' is not a key");

    private static void Check(JsonObject fields, string names, JsonValueKind kind)
    {
        foreach (string name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = fields[name.TrimStart('*')];
            Check(value is not null || name[0] != '*', $"'{name[1..]}' is not there");
            Check(value is null || value.GetValueKind() == kind, $"'{name}' is a {value?.GetValueKind()}");
        }
    }

    private static void Check(bool holds, string problem)
    {
        if (!holds)
            throw new ContractException(problem);
    }

    [GeneratedRegex(@"^[/\w.\- ]*$")]
    private static partial Regex Key();
}
