using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.Drift;

/// <summary><c>GET /v1/models/{name}/drift</c>: how live rows compare with those that the model was fitted on.</summary>
internal static class DriftEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, IDetectorPool pool)
    {
        MethodRoute.Get(endpoints, ModelRoute.Prefix + "/{name}/drift", context => WriteAsync(context, pool));
        MethodRoute.Get(endpoints, ModelRoute.Prefix + "/{name}/versions/{version}/drift", context => WriteAsync(context, pool));
    }

    private static Task WriteAsync(HttpContext context, IDetectorPool pool)
    {
        QueryParameters.Check(context.Request);
        var model = ModelRoute.ModelOf(context, pool);
        var drift = model.Monitor?.Snapshot() ?? throw new RequestException(
            StatusCodes.Status404NotFound,
            $"Model '{model.Name}' is not watched: its file keeps no profile of the training rows, or {AnomalyDetectionOptions.SectionName}:Monitoring:IsEnabled is false.");
        return JsonResponse.WriteAsync(context, json => Write(json, model, drift));
    }

    private static void Write(Utf8JsonWriter json, ServedModel model, ModelDrift drift)
    {
        json.WriteString("model", model.Name);
        json.WriteString("version", model.Version);
        json.WriteBoolean("is_drifted", drift.IsDrifted);
        json.WriteString("summary", drift.Summary);
        // Before the first window has ended, "not drifted" means no more than that nothing was compared.
        json.WriteBoolean("compared", drift.Comparison is not null);
        json.WriteString("since", drift.Since);
        json.WriteNumber("sample_every", drift.SampleEvery);
        json.WriteNumber("sampled_rows", drift.SampledRows);
        json.WriteNumber("skipped_rows", drift.SkippedRows);
        json.WriteNumber("window_rows", drift.WindowRows);
        json.WriteNumber("current_window_rows", drift.CurrentWindowRows);
        json.WriteNumber("rows_until_comparison", drift.RowsUntilComparison);
        json.WritePropertyName("timed_comparison_at");
        if (drift.TimedComparisonAt is { } at)
            json.WriteStringValue(at);
        else
            json.WriteNullValue();
        json.WriteNumber("rows_until_timed_comparison", drift.RowsUntilTimedComparison);
        json.WriteStartArray("ignored_columns");
        foreach (string name in drift.IgnoredColumns)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("monitors");
        foreach (var monitor in drift.Monitors)
            WriteMonitor(json, monitor);
        json.WriteEndArray();
        json.WritePropertyName("last_window");
        if (drift.Comparison is { } comparison)
            json.WriteRawValue(new DriftReport(comparison) { Title = model.ToString(), Since = drift.ComparedSince, Until = drift.ComparedUntil }.ToJson());
        else
            json.WriteNullValue();
    }

    private static void WriteMonitor(Utf8JsonWriter json, MonitorStatus monitor)
    {
        json.WriteStartObject();
        json.WriteString("kind", monitor.Kind);
        json.WriteString("subject", monitor.Subject);
        json.WriteBoolean("is_enabled", monitor.IsEnabled);
        json.WriteNumber("count", monitor.Count);
        JsonResponse.WriteFinite(json, "statistic"u8, monitor.Statistic);
        JsonResponse.WriteFinite(json, "limit"u8, monitor.Limit);
        json.WriteNumber("detection_count", monitor.DetectionCount);
        WriteWhen(json, "first_detected_at", monitor.FirstDetectedAt);
        WriteWhen(json, "last_detected_at", monitor.LastDetectedAt);
        json.WriteEndObject();
    }

    private static void WriteWhen(Utf8JsonWriter json, string name, long? when)
    {
        if (when is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
