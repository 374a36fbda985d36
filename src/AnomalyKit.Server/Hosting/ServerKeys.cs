using AnomalyKit.Configuration;

namespace AnomalyKit.Server.Hosting;

/// <summary>The keys of the section <c>AnomalyDetection:Server</c>.</summary>
internal static class ServerKeys
{
    public static OptionKeys All { get; } = new(
        nameof(ServerOptions.Urls),
        nameof(ServerOptions.GrpcUrls),
        nameof(ServerOptions.StopDelaySeconds),
        nameof(ServerOptions.StopTimeoutSeconds),
        nameof(ServerOptions.LogFormat),
        nameof(ServerOptions.MaxConnections),
        nameof(ServerOptions.IdleTimeoutSeconds),
        nameof(ServerOptions.HeaderTimeoutSeconds),
        nameof(ServerOptions.MinBytesPerSecond));
}
