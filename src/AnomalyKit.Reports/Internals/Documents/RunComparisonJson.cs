using AnomalyKit.Json;

namespace AnomalyKit.Reports;

/// <summary>Runs side by side as JSON.</summary>
internal static class RunComparisonJson
{
    public static string Of(string title, IReadOnlyList<ComparedRun> runs) => JsonParts.Document("anomalykit.run_comparison", 1, json =>
    {
        json.WriteString("title", title);
        json.WriteStartArray("runs");
        foreach (var run in runs)
        {
            json.WriteStartObject();
            json.WriteString("run_id", run.Id);
            json.WriteString("name", run.Name);
            json.WriteString("experiment", run.Experiment);
            json.WriteString("status", run.Status);
            json.WriteFinite("seconds", run.Seconds);
            json.WriteTexts("parameters", run.Parameters);
            json.WriteStartObject("metrics");
            foreach (var (name, value) in run.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteAny(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
