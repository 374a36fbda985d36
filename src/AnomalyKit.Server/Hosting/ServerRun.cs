using AnomalyKit.Server.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Server.Hosting;

/// <summary>Runs the service from start to stop, and says where it is.</summary>
internal static partial class ServerRun
{
    /// <param name="app">The service.</param>
    /// <param name="onlyModel">The model without which there is nothing to serve; null where models may come later.</param>
    /// <param name="page">The path of a page for people, which is said; null for none.</param>
    /// <exception cref="IOException">An address cannot be listened at, or the only model cannot be loaded.</exception>
    public static async Task<int> UntilStoppedAsync(WebApplication app, string? onlyModel = null, ServerPage? page = null)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AnomalyKit.Server");
        Starts(log, ServerProgram.Version.Split('+')[0]);
        if (app.Services.GetRequiredService<IDetectorPool>().FindModel(ExampleModel.Name) is { Source: null })
            ServesExample(log, ExampleModel.Name, ExampleModel.Columns);
        try
        {
            if (onlyModel is not null)
                await LoadAsync(app.Services.GetRequiredService<DetectorPool>(), onlyModel, stopping).ConfigureAwait(false);
            await ServerStart.ListenAsync(app).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ServerProgram.Done;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        foreach (string address in addresses)
            Listens(log, address);
        // The first address is of HTTP/1.1, which browsers speak.
        if (page is not null)
            ShowsPage(log, page.Name, addresses.First().TrimEnd('/') + page.Path);
        var serving = app.Services.GetRequiredService<IOptions<AnomalyServingOptions>>().Value;
        if (!serving.IsKeyRequired && addresses.Any(address => !new Uri(address).IsLoopback))
            IsOpen(log, AnomalyServingOptions.SectionName);
        await app.WaitForShutdownAsync().ConfigureAwait(false);
        return ServerProgram.Done;
    }

    private static async Task LoadAsync(DetectorPool pool, string name, CancellationToken cancellationToken)
    {
        try
        {
            await pool.LoadAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or ModelNotFoundException)
        {
            throw new IOException($"The model '{name}' cannot be loaded: {e.Message}", e);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "AnomalyKit {Version}")]
    private static partial void Starts(ILogger log, string version);

    // No level at which it is left out unless nothing is logged: who meant to serve models of their own must see it.
    [LoggerMessage(2, LogLevel.Warning, "No models are configured (--models). Serving the example model '{Model}', an isolation forest fitted on synthetic rows of {Columns} columns.")]
    private static partial void ServesExample(ILogger log, string model, int columns);

    [LoggerMessage(3, LogLevel.Information, "Listening on {Address}")]
    private static partial void Listens(ILogger log, string address);

    [LoggerMessage(5, LogLevel.Information, "{Page} is at {Address}")]
    private static partial void ShowsPage(ILogger log, string page, string address);

    [LoggerMessage(4, LogLevel.Warning, "No API keys are set ({Section}:Keys). Everybody who can reach this machine can use the service.")]
    private static partial void IsOpen(ILogger log, string section);
}
