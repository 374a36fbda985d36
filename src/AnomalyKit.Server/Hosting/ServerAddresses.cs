using System.Net;
using AnomalyKit.Server.Arguments;
using AnomalyKit.Server.Stopping;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AnomalyKit.Server.Hosting;

/// <summary>Where the service listens. HTTP/1.1 and HTTP/2 without TLS cannot tell each other on one port: gRPC has its own.</summary>
internal static class ServerAddresses
{
    private const string Default = "http://127.0.0.1:8080";

    public static void Listen(IWebHostBuilder web, IConfiguration configuration, ServerOptions options)
    {
        var (http, grpc) = (Http(configuration, options), Grpc(options));
        // Kestrel is told here; addresses that the host finds by itself would be overruled with a warning.
        web.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        web.UseSetting(WebHostDefaults.HttpPortsKey, "");
        web.UseKestrelHttpsConfiguration();
        web.ConfigureKestrel(kestrel =>
        {
            ConnectionLimits.Set(kestrel, options);
            foreach (var address in http)
                Listen(kestrel, address, HttpProtocols.Http1);
            foreach (var address in grpc)
                Listen(kestrel, address, HttpProtocols.Http2);
        });
    }

    /// <summary>Whether all addresses are of this machine alone. Sockets of Unix are not: no browser reaches them, and a proxy may.</summary>
    public static bool AreLoopback(IConfiguration configuration, ServerOptions options) =>
        Http(configuration, options).Concat(Grpc(options)).All(address => !address.IsUnixPipe && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));

    private static BindingAddress[] Http(IConfiguration configuration, ServerOptions options) =>
        Parse(options.Urls ?? configuration["URLS"] ?? PortUrls(configuration["HTTP_PORTS"]) ?? Default, nameof(options.Urls));

    private static BindingAddress[] Grpc(ServerOptions options) => Parse(options.GrpcUrls ?? "", nameof(options.GrpcUrls));

    private static void Listen(KestrelServerOptions kestrel, BindingAddress address, HttpProtocols withoutTls)
    {
        if (address.IsUnixPipe)
            kestrel.ListenUnixSocket(address.UnixPipePath, Configure);
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port, Configure);
        else if (address.Host != "localhost")
            kestrel.ListenAnyIP(address.Port, Configure);
        else if (address.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, Configure);
        else
            kestrel.ListenLocalhost(address.Port, Configure);

        void Configure(ListenOptions listen)
        {
            // Hosts that do not wait for their clients when they stop, such as the dashboard of the tool, have nobody who watches.
            listen.ApplicationServices.GetService<Newcomers>()?.Watch(listen);
            bool isSecure = address.Scheme == "https";
            listen.Protocols = isSecure ? HttpProtocols.Http1AndHttp2 : withoutTls;
            if (isSecure)
                listen.UseHttps();
        }
    }

    private static BindingAddress[] Parse(string urls, string name)
    {
        string[] parts = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. parts.Select(url => Parse(url) ?? throw new ServerUsageException($"{ServerOptions.SectionName}:{name}: '{url}' is not an address. Write, for example, http://127.0.0.1:8080, http://0.0.0.0:0 or http://unix:/run/anomalykit.sock."))];
    }

    private static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            bool isHost = address.IsUnixPipe || address.Host is "localhost" or "*" or "+" || IPAddress.TryParse(address.Host.Trim('[', ']'), out _);
            return isHost && address.Scheme is "http" or "https" && address.PathBase.Length == 0 && (address.IsUnixPipe || address.Port is >= 0 and <= 65_535) ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? PortUrls(string? ports) =>
        string.IsNullOrWhiteSpace(ports) ? null : string.Join(';', ports.Split([';', ','], StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port.Trim()}"));
}
