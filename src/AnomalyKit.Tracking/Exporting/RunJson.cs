using System.Text.Json;
using AnomalyKit.Json;

namespace AnomalyKit;

/// <summary>Runs as JSON.</summary>
public static class RunJson
{
    /// <summary>Writes runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>
    /// Indented JSON: <c>format</c> (<c>anomalykit.runs</c>), <c>version</c> (1) and <c>runs</c>, each with <c>run_id</c>, <c>experiment</c>, <c>name</c>, <c>status</c>, <c>started</c>, <c>ended</c>,
    /// <c>parent_run_id</c>, <c>parameters</c>, <c>metrics</c> (last values; those that are not finite are the texts NaN, Infinity and -Infinity) and <c>tags</c>.
    /// </returns>
    public static string Of(IEnumerable<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return JsonParts.Document("anomalykit.runs", 1, json =>
        {
            json.WriteStartArray("runs");
            foreach (var run in runs)
            {
                json.WriteStartObject();
                Write(json, run);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Writes one run with its artifacts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="artifacts">Its artifacts.</param>
    /// <returns>Indented JSON: <c>format</c> (<c>anomalykit.run</c>), <c>version</c> (1), the fields of a run, and <c>artifacts</c>: <c>path</c>, <c>bytes</c>, <c>sha256</c> (null where nobody knows).</returns>
    public static string Of(RunRecord run, IEnumerable<RunArtifact> artifacts)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(artifacts);
        return JsonParts.Document("anomalykit.run", 1, json =>
        {
            Write(json, run);
            json.WriteStartArray("artifacts");
            foreach (var artifact in artifacts)
            {
                json.WriteStartObject();
                json.WriteString("path", artifact.Path);
                json.WriteNumber("bytes", artifact.Length);
                json.WriteString("sha256", artifact.Hash);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteString("run_id", run.Id);
        json.WriteString("experiment", run.Experiment);
        json.WriteString("name", run.Name);
        json.WriteString("status", run.Status.ToString().ToLowerInvariant());
        json.WriteString("started", run.Started);
        if (run.Ended is { } ended)
            json.WriteString("ended", ended);
        else
            json.WriteNull("ended");
        json.WriteString("parent_run_id", run.ParentRunId);
        json.WriteTexts("parameters", run.Parameters);
        json.WriteStartObject("metrics");
        foreach (var point in run.Metrics.Values.OrderBy(point => point.Name, StringComparer.Ordinal))
            json.WriteAny(point.Name, point.Value);
        json.WriteEndObject();
        json.WriteTexts("tags", run.Tags);
    }
}
