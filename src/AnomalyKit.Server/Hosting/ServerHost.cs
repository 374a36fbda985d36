using AnomalyKit.Configuration;
using AnomalyKit.Server.Arguments;
using AnomalyKit.Server.Probing;
using AnomalyKit.Server.Startup;
using AnomalyKit.Server.Stopping;
using AnomalyKit.Server.Telemetry;

namespace AnomalyKit.Server.Hosting;

/// <summary>Puts the service together.</summary>
internal static class ServerHost
{
    public static WebApplication Build(ServerCommandLine commandLine, ServerAdditions? additions = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ServerConfiguration.Read(builder.Configuration, commandLine);
        var options = new ServerOptions();
        var section = builder.Configuration.GetSection(ServerOptions.SectionName);
        if (MisreadKeys.Find(section, ServerKeys.All) is { Count: > 0 } misread)
            throw new ServerUsageException(string.Join(" ", misread));
        section.Bind(options);
        options.Validate();

        builder.Services.AddSingleton(options);
        ServerLogging.Add(builder.Logging, builder.Configuration, options);
        ServerAddresses.Listen(builder.WebHost, builder.Configuration, options);
        GracefulStop.AddTo(builder.Services, options);
        GrpcHealth.AddTo(builder.Services);
        ServerTelemetry.AddTo(builder.Services, builder.Configuration);
        ServedModels.AddTo(builder.Services, builder.Configuration);

        additions?.Add(builder.Services);

        var app = builder.Build();
        GracefulStop.Use(app);
        app.MapAnomalyDetection();
        app.MapAnomalyDetectionGrpc();
        GrpcHealth.Map(app);
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAnomalyKitKey();
        additions?.Map(app);
        return app;
    }
}
