namespace AnomalyKit.Server.Arguments;

/// <summary>One option of the command line.</summary>
/// <param name="Name">What is typed, for example <c>--urls</c>.</param>
/// <param name="ValueName">What stands for its value in the help text.</param>
/// <param name="Key">The key of the configuration that it sets; null where it sets none.</param>
/// <param name="Description">What it does, with its default.</param>
internal sealed record ServerArgument(string Name, string ValueName, string? Key, string Description)
{
    public const string Models = "--models";
    public const string Config = "--config";
    public const string Set = "--set";
    public const string Probe = "--probe";

    /// <summary>All options that take a value, in the order of the help text.</summary>
    public static IReadOnlyList<ServerArgument> All { get; } =
    [
        new(Models, "PATH", null, "A folder of models (NAME/VERSION/model.akm or NAME.akm), or one model file. Without it a small example model is fitted and served."),
        new("--default-model", "NAME", "AnomalyDetection:DefaultModel", "The model for requests that name none, such as /predict. By default the only model, if there is just one."),
        new("--urls", "URLS", ServerOptions.SectionName + ":Urls", "Where to listen for HTTP/1.1, several with ';' between; http://127.0.0.1:8080 by default. Port 0 takes a free one."),
        new("--grpc-urls", "URLS", ServerOptions.SectionName + ":GrpcUrls", "Where to listen for gRPC (HTTP/2 without TLS, which needs a port of its own); nowhere by default."),
        new("--stop-delay", "SECONDS", ServerOptions.SectionName + ":StopDelaySeconds", "How long to continue serving after SIGTERM while reporting not ready, so that load balancers stop sending requests; 1 by default."),
        new("--stop-timeout", "SECONDS", ServerOptions.SectionName + ":StopTimeoutSeconds", "How long running requests may take to finish after the delay; 20 by default."),
        new("--log-format", "FORMAT", ServerOptions.SectionName + ":LogFormat", "How to log: text (default) or json."),
        new("--log-level", "LEVEL", "Logging:LogLevel:Default", "What to log: Trace, Debug, Information (default), Warning, Error or None."),
        new(Config, "FILE", null, "A JSON configuration file. It overrides the appsettings.json next to the program. Environment variables and options override it."),
        new(Set, "KEY=VALUE", null, "Sets any key of the configuration, for example AnomalyDetection:Serving:MaxRequestRows=1000. May be repeated."),
        new(Probe, "URL", null, "Serves nothing. Requests the URL and exits with 0 if the response is 200. For health probes in containers without a shell."),
    ];
}
