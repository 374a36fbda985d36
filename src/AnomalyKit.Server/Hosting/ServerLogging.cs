using Microsoft.Extensions.Logging.Console;

namespace AnomalyKit.Server.Hosting;

/// <summary>Logs to standard output: what the service does, and no line per request.</summary>
internal static class ServerLogging
{
    // Where it is enabled at any level, ASP.NET Core makes an activity and a scope for every request.
    private const string PerRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // Logs with a stack trace what ends the start. The program says that in one line; what ends a running service is critical, and is logged.
    private const string Start = "Microsoft.Extensions.Hosting.Internal.Host";

    // Logs an error at each look as long as no model is loaded. What is wrong with models the loader logs, once.
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks";

    public static void Add(ILoggingBuilder logging, IConfiguration configuration, ServerOptions options)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
        logging.AddFilter(PerRequest, LogLevel.None);
        logging.AddFilter(Start, LogLevel.Critical);
        logging.AddFilter(HealthChecks, LogLevel.Critical);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        if (options.LogFormat == "json")
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.AddSimpleConsole(text =>
            {
                text.SingleLine = true;
                text.TimestampFormat = "HH:mm:ss ";
            });
        }

        // Who does not read the log of a service must not stop it.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
    }
}
