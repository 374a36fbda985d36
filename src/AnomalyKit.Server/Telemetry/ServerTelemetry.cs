using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AnomalyKit.Server.Telemetry;

/// <summary>Meters for Prometheus at <c>/metrics</c>, and meters and traces by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.</summary>
internal static class ServerTelemetry
{
    // Tags of the runtime and of ASP.NET Core are few: generations, status codes, routes. The space for all that an instrument may have is taken when it is created.
    private const int MaxLabelSets = 300;

    // One per model, version and column, up to 100 columns: those of 100 versions of the widest models, in the life of a process.
    private const int MaxColumnLabelSets = 10_000;

    // The buckets of ASP.NET Core begin at 5 ms, where answers of this service end.
    private static readonly double[] RequestSeconds = [.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    /// <summary>The meters that are exported.</summary>
    public static IReadOnlyList<string> Meters { get; } =
        [ServingMeters.MeterName, MonitoringMeters.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        bool isPushed = !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("anomalykit", serviceVersion: ServerProgram.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter([.. Meters]);
                metrics.AddView(View);
                metrics.AddPrometheusExporter();
                if (isPushed)
                    metrics.AddOtlpExporter();
            });
        if (isPushed)
            telemetry.WithTracing(tracing => tracing.AddSource(ServingMeters.MeterName, "Microsoft.AspNetCore").AddOtlpExporter());
    }

    private static MetricStreamConfiguration? View(Instrument instrument) => instrument switch
    {
        { Meter.Name: ServingMeters.MeterName, Name: ServingMeters.DriftEffect } => new MetricStreamConfiguration { CardinalityLimit = MaxColumnLabelSets },
        { Meter.Name: ServingMeters.MeterName or MonitoringMeters.MeterName } => null,
        { Name: "http.server.request.duration" } => new ExplicitBucketHistogramConfiguration { Boundaries = RequestSeconds, CardinalityLimit = MaxLabelSets },
        _ => new MetricStreamConfiguration { CardinalityLimit = MaxLabelSets },
    };
}
