using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AnomalyKit.Server.Hosting;

/// <summary>What one client may hold on to, so that slow, stalled and idle ones leave the service to the others.</summary>
internal static class ConnectionLimits
{
    private const int StreamWindow = 1 << 20;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void Set(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.IdleTimeoutSeconds);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderTimeoutSeconds);
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
        limits.MinResponseDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
        // A thousand rows arrive without waiting for a window of HTTP/2; what is not read yet is bounded by it all the same.
        limits.Http2.InitialStreamWindowSize = StreamWindow;
        limits.Http2.InitialConnectionWindowSize = 2 * StreamWindow;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
    }
}
