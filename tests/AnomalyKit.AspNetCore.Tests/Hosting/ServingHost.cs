using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Tests.Hosting;

/// <summary>A real server on a free port of 127.0.0.1, with all routes.</summary>
internal sealed class ServingHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServingHost(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address, Timeout = Patience.Long };
    }

    public Uri Address { get; }

    /// <summary>A client of the server, with no key.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What the server wrote to its log.</summary>
    public CapturedLog Log { get; }

    public static Task<ServingHost> StartAsync(params ServedModel[] models) => StartAsync(models, configure: null);

    /// <summary>Starts a server.</summary>
    /// <param name="models">The models; null for those of the configuration.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="defaultModel">The default model; null for the only one.</param>
    /// <param name="map">Maps further endpoints.</param>
    /// <param name="protocols">HTTP/1.1, or HTTP/2 without encryption for gRPC.</param>
    /// <param name="services">Adds further services.</param>
    public static async Task<ServingHost> StartAsync(
        IEnumerable<ServedModel>? models,
        Action<AnomalyServingOptions>? configure = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        string? defaultModel = null,
        Action<WebApplication>? map = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var log = new CapturedLog();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddRoutingCore();
        if (settings is not null)
            builder.Configuration.AddInMemoryCollection(settings);
        if (models is not null)
        {
            builder.Services.AddSingleton(new DetectorPool(models, defaultModel));
            builder.Services.AddSingleton<IDetectorPool>(provider => provider.GetRequiredService<DetectorPool>());
        }

        builder.Services.AddAnomalyDetection().AddServing(configure);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.MapAnomalyDetection();
        map?.Invoke(app);
        await app.StartAsync();
        return new ServingHost(app, log);
    }

    /// <summary>A connection of bytes, for what no client would send.</summary>
    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(Address.Host, Address.Port);
        return client;
    }

    /// <summary>Stops the server when all requests have ended and logged what they log.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
