using AnomalyKit.Server.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Server.Hosting;

/// <summary>Runs the service from start to stop, and says where it is.</summary>
internal static partial class ServerRun
{
    public static async Task<int> UntilStoppedAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AnomalyKit.Server");
        Starts(log, ServerProgram.Version.Split('+')[0]);
        if (app.Services.GetRequiredService<IDetectorPool>().FindModel(ExampleModel.Name) is { Source: null })
            ServesExample(log, ExampleModel.Name, ExampleModel.Columns);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ServerProgram.Done;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        foreach (string address in addresses)
            Listens(log, address);
        var serving = app.Services.GetRequiredService<IOptions<AnomalyServingOptions>>().Value;
        if (!serving.IsKeyRequired && addresses.Any(address => !new Uri(address).IsLoopback))
            IsOpen(log, AnomalyServingOptions.SectionName);
        await app.WaitForShutdownAsync().ConfigureAwait(false);
        return ServerProgram.Done;
    }

    [LoggerMessage(1, LogLevel.Information, "AnomalyKit {Version}")]
    private static partial void Starts(ILogger log, string version);

    // No level at which it is left out unless nothing is logged: who meant to serve models of their own must see it.
    [LoggerMessage(2, LogLevel.Warning, "No models are configured (--models). Serving the example model '{Model}', an isolation forest fitted on synthetic rows of {Columns} columns.")]
    private static partial void ServesExample(ILogger log, string model, int columns);

    [LoggerMessage(3, LogLevel.Information, "Listening on {Address}")]
    private static partial void Listens(ILogger log, string address);

    [LoggerMessage(4, LogLevel.Warning, "No API keys are set ({Section}:Keys). Everybody who can reach this machine can use the service.")]
    private static partial void IsOpen(ILogger log, string section);
}
