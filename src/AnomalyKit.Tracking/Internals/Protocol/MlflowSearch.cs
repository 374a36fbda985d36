using AnomalyKit.Naming;

namespace AnomalyKit.Protocol;

/// <summary>Queries as an MLflow server takes them.</summary>
internal static class MlflowSearch
{
    private const int RunsAtOnce = 1000;

    /// <summary>One page of a search.</summary>
    public static ReadOnlyMemory<byte> Page(RunQuery query, IEnumerable<string> experiments, int left, PageTokens pages) => MlflowJson.Object(json =>
    {
        json.WriteStartArray("experiment_ids");
        foreach (string experiment in experiments)
            json.WriteStringValue(experiment);
        json.WriteEndArray();
        if (Filter(query) is { Length: > 0 } filter)
            json.WriteString("filter", filter);
        json.WriteString("run_view_type", "ACTIVE_ONLY");
        json.WriteNumber("max_results", Math.Min(left, RunsAtOnce));
        json.WriteStartArray("order_by");
        string direction = query.IsAscending ? "ASC" : "DESC";
        if (query.OrderByMetric is { } metric)
            json.WriteStringValue($"metrics.`{metric}` {direction}");
        json.WriteStringValue($"attributes.start_time {(query.OrderByMetric is null ? direction : "DESC")}");
        json.WriteStringValue("attributes.run_id ASC");
        json.WriteEndArray();
        pages.WriteTo(json);
    });

    /// <summary>The filter, in MLflow's own language.</summary>
    public static string Filter(RunQuery query)
    {
        var parts = new List<string>();
        if (query.Status is { } status)
            parts.Add($"attributes.status = '{MlflowStatus.Text(status)}'");
        if (query.ParentRunId is { } parent)
            parts.Add($"tags.`{MlflowRuns.ParentTag}` = {Quoted(parent)}");
        foreach (var condition in query.Conditions)
        {
            string field = condition.Field switch { RunField.Metric => "metrics", RunField.Parameter => "params", _ => "tags" };
            parts.Add($"{field}.`{condition.Name}` {condition.Sign} {(condition.Field == RunField.Metric ? condition.Value : Quoted(condition.Value))}");
        }

        return string.Join(" and ", parts);
    }

    private static string Quoted(string value) => FilterText.Quoted(value)
        ?? throw new ArgumentException($"The value {value} holds both kinds of quotes, which MLflow's filters cannot express. Leave the condition out and look through the runs yourself.");
}
