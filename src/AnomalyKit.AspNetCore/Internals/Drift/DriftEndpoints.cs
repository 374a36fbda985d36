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
        json.WriteString("summary", Summary(drift));
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

    private static string Summary(ModelDrift drift)
    {
        string[] detected = [.. drift.Monitors.Where(monitor => monitor.DetectionCount > 0).Select(monitor => monitor.Subject)];
        string window = drift.Comparison is { } comparison
            ? $"The last window against the training rows: {comparison}."
            : Waiting(drift);
        if (drift.SkippedRows > 0)
            window += FormattableString.Invariant($" {drift.SkippedRows} rows came too fast to be looked at.");
        return detected.Length == 0 ? window : $"{window} The stream changed since it was first watched: {string.Join(", ", detected)}.";
    }

    private static string Waiting(ModelDrift drift)
    {
        string every = drift.SampleEvery == 1 ? "" : FormattableString.Invariant($" One row in {drift.SampleEvery} is sampled.");
        string full = FormattableString.Invariant($"No window was compared yet: {drift.CurrentWindowRows} of {drift.WindowRows} rows have been sampled.{every} The first comparison comes after about {drift.RowsUntilComparison} more rows");
        if (drift.TimedComparisonAt is not { } at)
            return full + ".";
        return drift.RowsUntilTimedComparison == 0
            ? FormattableString.Invariant($"{full}, or at {at:yyyy-MM-dd HH:mm} UTC, whichever is first.")
            : FormattableString.Invariant($"{full}, or after about {drift.RowsUntilTimedComparison} more rows from {at:yyyy-MM-dd HH:mm} UTC on.");
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
